using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Evaluate;

/// <summary>The whole of what is learned, on viewers of a simple world: movies of a few kinds, watched in the order of their ids.</summary>
public sealed class ServedRankerTests
{
    private const int Kinds = 4;
    private const int MoviesOfAKind = 60;
    private const int Users = 260;

    private static readonly HybridParameters Parameters = new()
    {
        Ials = new IalsParameters { Dimension = 16, Epochs = 4 },
        Forest = new ForestParameters { Trees = 40 },
    };

    private readonly CandidateMovies _movies;
    private readonly RatingSet _ratings;

    public ServedRankerTests()
    {
        var random = new Random(31);
        _movies = new CandidateMovies(Enumerable.Range(1, Kinds * MoviesOfAKind).Select(id => new CandidateMovie(id)
        {
            Genres = [id % Kinds],
            VoteAverage = 5 + random.NextSingle(),
            VoteCount = random.Next(1000),
            RuntimeMinutes = (short)random.Next(80, 150),
            ReleaseDate = new DateOnly(1980 + random.Next(40), 1, 1),
            Embedding = Embedding(id % Kinds, random),
        }));
        var builder = new RatingSetBuilder();
        for (var user = 0; user < Users; user++)
        {
            // Twenty movies of one kind, not far apart, in ascending order; and some of any kind that they did not like.
            var movie = (random.Next(MoviesOfAKind / 3) * Kinds) + Kinds + (user % Kinds);
            for (var place = 0; place < 20 && movie <= Kinds * MoviesOfAKind; place++, movie += Kinds * random.Next(1, 4))
            {
                builder.Add(new UserKey(1, user), movie, random.Next(8, 11) / 2f, place);
                builder.Add(new UserKey(1, user), random.Next(1, Kinds * MoviesOfAKind), 2f, place);
            }
        }

        _ratings = builder.Build();
    }

    [Fact]
    public void It_ranks_better_than_popularity_and_than_the_encoder_alone()
    {
        var settings = new EvaluateSettings
        {
            Methods = ["served", "popularity", "encoder", "ials-recency"],
            Parameters = Parameters,
            Folds = 2,
            DegreeOfParallelism = 2
        };

        var report = new EvaluateJob(settings, TestContext.Current.TestOutputHelper!.WriteLine)
            .Run(_ratings, null, _movies, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper.WriteLine(report.Markdown);
        var served = report.Results[0].Mean(user => user.Ndcg);
        Assert.All(report.Results.Skip(1), other => Assert.True(served > 1.2 * other.Mean(user => user.Ndcg), $"{served} against {other.Method}"));
    }

    [Fact]
    public void Movies_that_nobody_has_rated_are_ranked_by_what_they_are()
    {
        var settings = new EvaluateSettings
        {
            Methods = ["served", "popularity", "votes"],
            Parameters = Parameters,
            Folds = 2,
            ColdMovies = 0.3,
            DegreeOfParallelism = 2
        };

        var report = new EvaluateJob(settings, TestContext.Current.TestOutputHelper!.WriteLine)
            .Run(_ratings, null, _movies, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper.WriteLine(report.Markdown);
        Assert.Contains("Only movies that nobody's rating was learned from", report.Markdown);
        var served = report.Results[0].Mean(user => user.Ndcg);
        Assert.All(report.Results.Skip(1), other => Assert.True(served > 1.5 * other.Mean(user => user.Ndcg), $"{served} against {other.Method}"));
    }

    [Fact]
    public void The_same_ratings_and_seed_give_the_same_model_on_any_number_of_threads()
    {
        var (one, four) = (Train(1), Train(4));

        Assert.Equal(one.Factors.ItemFactors, four.Factors.ItemFactors);
        Assert.Equal(one.Successors.Weights, four.Successors.Weights);
        Assert.NotNull(one.Ranking!.Forest);
        Assert.Equal(one.Ranking.ToJson(), four.Ranking!.ToJson());
    }

    [Fact]
    public void Cold_movies_leave_no_trace_in_what_is_learned_from()
    {
        var cold = ColdMovies.Draw(_movies, 0.25, seed: 3);
        var kept = cold.Of(_ratings);

        Assert.InRange(cold.Cold.Count, 30, 90);
        Assert.Equal(_movies.Count, cold.Cold.Count + cold.Others.Length);
        Assert.DoesNotContain(Enumerable.Range(0, kept.UserCount).SelectMany(user => kept.MovieIds(user).ToArray()), cold.Cold.Contains);
        var one = cold.Of(new EvaluationCase(new UserKey(1, 1), [1], [1, 2], [.. Enumerable.Range(1, _movies.Count)]));
        Assert.Equal(cold.Cold.Order(), one.Targets.Order());
        Assert.Superset(cold.Others.ToHashSet(), one.History.ToHashSet());
    }

    private HybridModel Train(int threads) =>
        new HybridTrainer(Parameters, threads).Train(_ratings, _movies, null, TestContext.Current.CancellationToken);

    private static float[] Embedding(int kind, Random random)
    {
        var vector = Enumerable.Range(0, 16).Select(k => (k == kind ? 2f : 0f) + random.NextSingle() - 0.5f).ToArray();
        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }
}
