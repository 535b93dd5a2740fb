using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate;
using MovieSir.Inference.Offline.Evaluate.Rankers;

namespace MovieSir.Tests.Inference.Offline.Evaluate;

public sealed class EvaluatorTests
{
    private static readonly CandidateMovies Movies = new(Enumerable.Range(1, 40).Select(id => new CandidateMovie(id) { Genres = [id % 2, 10] }));

    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        // Ranked 40, 39, ... less the history (40, 38): targets 39 and 36 stand 1st and 3rd, 25 stands 14th, 1 stands nowhere near.
        var one = new EvaluationCase(new UserKey(1, 1), [38], [40, 38], [39, 36, 25, 1]);

        var result = Judge(new FixedRanker(movie => movie), one);

        var user = Assert.Single(result.Users);
        var ideal = 1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5));
        Assert.Equal((1 + (1 / Math.Log2(4))) / ideal, user.Ndcg, 12);
        Assert.Equal(3.0 / 4, user.Recall, 12);
        Assert.Equal(1, user.Hit);
        Assert.Equal(10.0 / 40, result.Coverage, 12);
    }

    [Fact]
    public void Novelty_is_the_surprise_of_the_movies_and_diversity_the_distance_of_their_genres()
    {
        // The first ten are movies 40 to 31. Each has genre 10 and its parity: of 45 pairs 20 agree (distance 0), 25 differ (1 - 1/3).
        var one = new EvaluationCase(new UserKey(1, 1), [], [], [5]);

        var user = Judge(new FixedRanker(movie => movie), one).Users[0];

        Assert.Equal(25.0 / 45 * (2.0 / 3), user.Diversity, 12);
        // Movie 40 is liked by 8 of 16 users (1 bit), the nine others by nobody known (4 bits each).
        Assert.Equal(((9 * 4) + 1) / 10.0, user.Novelty, 12);
        Assert.Equal(0, user.Hit);
    }

    [Fact]
    public void Equal_scores_stand_in_ascending_id()
    {
        var one = new EvaluationCase(new UserKey(1, 1), [], [2], [1]);

        Assert.Equal(1, Judge(new FixedRanker(_ => 0f), one).Users[0].Ndcg);
    }

    [Fact]
    public void A_score_that_is_not_a_number_is_an_error_and_not_a_rank()
    {
        var one = new EvaluationCase(new UserKey(1, 1), [], [], [1]);

        var error = Assert.ThrowsAny<Exception>(() => Judge(new FixedRanker(movie => movie == 7 ? float.NaN : movie), one));

        Assert.Contains("not a number", error.GetBaseException().Message);
    }

    [Fact]
    public void Bootstrap_intervals_hold_the_mean_and_repeat_for_a_seed()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray();

        var estimate = new Bootstrap(400, 1000, 9).Mean(values);

        Assert.Equal(estimate, new Bootstrap(400, 1000, 9).Mean(values));
        Assert.NotEqual(estimate, new Bootstrap(400, 1000, 10).Mean(values));
        // A uniform variable's mean over 400: standard error 0.2887 / 20, so 1.96 of it to either side.
        Assert.Equal(values.Average(), estimate.Mean, 12);
        Assert.Equal(0.0283, estimate.High - estimate.Mean, 0.004);
        Assert.Equal(0.0283, estimate.Mean - estimate.Low, 0.004);
    }

    [Fact]
    public void A_paired_difference_is_surer_than_two_means()
    {
        var random = new Random(3);
        var first = Enumerable.Range(0, 300).Select(_ => random.NextDouble()).ToArray();
        var second = first.Select(value => value - 0.01 + (random.NextDouble() * 0.002)).ToArray();
        var bootstrap = new Bootstrap(300, 1000, 1);

        var difference = bootstrap.Difference(first, second);

        Assert.True(difference.Low > 0, $"{difference}");
        Assert.True(bootstrap.Mean(first).Low < bootstrap.Mean(second).High);
    }

    private static MethodResult Judge(IRanker ranker, EvaluationCase one) =>
        new Evaluator(Movies, new Dictionary<int, int> { [40] = 8 }, 16).Judge(ranker, [one], 2, TestContext.Current.CancellationToken);

    private sealed class FixedRanker(Func<int, float> score) : IRanker
    {
        public string Name => "fixed";

        public void Score(EvaluationCase one, Span<float> scores)
        {
            for (var movie = 0; movie < scores.Length; movie++)
            {
                scores[movie] = score(Movies.Movies[movie].MovieId);
            }
        }
    }
}
