using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate.Rankers;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Tests.Inference.Offline.Evaluate;

/// <summary>Each method against its formula, written out densely on a few users.</summary>
public sealed class RankerTests
{
    private const int Movies = 25;
    private const int Users = 18;
    private static readonly int[] Profile = [3, 11, 8, 999];

    private readonly TrainingData _data;
    private readonly float[,] _ratings = new float[Users, Movies + 1];

    public RankerTests()
    {
        var random = new Random(12);
        var builder = new RatingSetBuilder();
        for (var user = 0; user < Users; user++)
        {
            foreach (var movie in Enumerable.Range(1, Movies).OrderBy(_ => random.Next()).Take(random.Next(5, 16))
                .Select((movie, place) => (movie, place)))
            {
                _ratings[user, movie.movie] = random.Next(3, 11) / 2f;
                builder.Add(new UserKey(1, user), movie.movie, _ratings[user, movie.movie], movie.place);
            }
        }

        _data = new TrainingData(builder.Build(), new CandidateMovies(Enumerable.Range(1, Movies).Select(id => new CandidateMovie(id))), 4f);
    }

    [Fact]
    public void Popularity_counts_those_who_like_a_movie() =>
        AssertScores(new PopularityRanker(_data), movie => Count(user => Likes(user, movie)));

    [Fact]
    public void Item_knn_is_shrunk_cosine_over_the_profile() =>
        AssertScores(new ItemKnnRanker(_data), movie => Known().Sum(liked =>
            Count(user => Likes(user, movie) && Likes(user, liked))
            / (Math.Sqrt((double)Count(user => Likes(user, movie)) * Count(user => Likes(user, liked))) + 20)));

    [Fact]
    public void User_knn_sums_the_cosines_of_those_who_like_a_movie() =>
        AssertScores(new UserKnnRanker(_data), movie => Enumerable.Range(0, Users).Where(user => Likes(user, movie)).Sum(user =>
            Known().Count(liked => Likes(user, liked)) / Math.Sqrt(
                (double)Known().Length * Enumerable.Range(1, Movies).Count(other => Likes(user, other)))));

    [Fact]
    public void Order_aware_knn_counts_pairs_by_direction_and_distance()
    {
        double Pair(int liked, int movie) => Enumerable.Range(0, Users).Sum(user =>
        {
            var sequence = _data.Ratings.MovieIds(user).ToArray().Where(other => Likes(user, other)).ToList();
            var (from, to) = (sequence.IndexOf(liked), sequence.IndexOf(movie));
            return from < 0 || to < 0 || from == to ? 0 : (to > from ? 1 : 0.2) * Math.Exp(-Math.Abs(to - from) / 30.0);
        });

        // The profile's last movie is unknown to the catalog: it keeps its place in the recency weights.
        AssertScores(new SequenceKnnRanker(_data, 4f, 2, TestContext.Current.CancellationToken),
            movie => Profile.Select((liked, place) => (liked, place)).Where(p => p.liked <= Movies).Sum(p =>
            Math.Pow(Profile.Length - p.place, -0.6) * Pair(p.liked, movie)
            / (Math.Sqrt((double)Count(user => Likes(user, movie)) * Count(user => Likes(user, p.liked))) + 8)));
    }

    [Fact]
    public void Ease_equals_the_closed_form_over_movies()
    {
        var x = new double[Users, Movies];
        for (var user = 0; user < Users; user++)
        {
            for (var movie = 1; movie <= Movies; movie++)
            {
                var rating = _ratings[user, movie];
                x[user, movie - 1] = rating >= 3.5f ? 1 : rating > 0 && rating < 3f ? -0.2 : 0;
            }
        }

        var inverse = Inverse(Movies, (i, j) => (i == j ? 400 : 0) + Enumerable.Range(0, Users).Sum(user => x[user, i] * x[user, j]));
        AssertScores(
            new EaseRanker(_data),
            movie => Profile.Select((liked, place) => (liked, place)).Where(p => p.liked <= Movies).Sum(p =>
                Math.Pow(Profile.Length - p.place, -0.5) * -inverse[p.liked - 1, movie - 1] / inverse[movie - 1, movie - 1]),
            movie => !Profile.Contains(movie));
    }

    [Fact]
    public void Encoder_alone_takes_the_mean_of_the_three_nearest()
    {
        var random = new Random(2);
        var embeddings = Enumerable.Range(0, 6)
            .Select(_ => Normal([random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f])).ToArray();
        var movies = new CandidateMovies(
            [.. embeddings.Select((embedding, index) => new CandidateMovie(index + 1) { Embedding = embedding }), new CandidateMovie(7)]);
        var scores = new float[7];

        new EmbeddingRanker(movies).Score(EvaluationCases.Of(1, 2, 3, 4, 7), scores);

        for (var movie = 0; movie < 6; movie++)
        {
            var cosines = embeddings[..4].Select(other => other.Zip(embeddings[movie], (a, b) => a * b).Sum()).OrderDescending().Take(3);
            Assert.Equal(cosines.Average(), scores[movie], 1e-5f);
        }

        Assert.Equal(-1f, scores[6]);
    }

    [Fact]
    public void First_service_mixes_the_normalized_model_and_rating()
    {
        // Three movies: the profile's own, one near to it with votes, one far with none. No movie has factors.
        var movies = new CandidateMovies(
        [
            new CandidateMovie(1) { Embedding = [1f, 0f], ReleaseDate = new DateOnly(2020, 1, 1) },
            new CandidateMovie(2) { Embedding = [0.8f, 0.6f], VoteAverage = 8f, VoteCount = 4000, ReleaseDate = new DateOnly(2020, 1, 1) },
            new CandidateMovie(3) { Embedding = [0f, 1f], VoteAverage = 9f, VoteCount = 2999, ReleaseDate = new DateOnly(2020, 1, 1) },
        ]);
        var scores = new float[3];

        new FirstServiceRanker(new TrainingData(RatingSet.Empty, movies, 4f), [], 8, new DateOnly(2021, 1, 1)).Score(EvaluationCases.Of(1), scores);

        Assert.Equal([0.7f, (0.7f * 0.8f) + 0.3f, 0f], scores, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Movies_that_are_no_candidates_change_nothing_in_the_scores_of_those_that_are()
    {
        var even = new TrainingData(_data.Ratings, new CandidateMovies(Enumerable.Range(1, Movies / 2).Select(id => new CandidateMovie(2 * id))), 4f);
        var parameters = new IalsParameters { Dimension = 4 };
        var factors = new IalsTrainer(parameters, 1).Train(_data.Positives).ItemFactors;
        Func<TrainingData, IRanker>[] methods =
        [
            data => new PopularityRanker(data),
            data => new ItemKnnRanker(data),
            data => new UserKnnRanker(data),
            data => new SequenceKnnRanker(data, 4f, 2, TestContext.Current.CancellationToken),
            data => new IalsRanker(data, factors, parameters),
        ];
        foreach (var method in methods)
        {
            var all = new float[Movies];
            var some = new float[Movies / 2];
            method(_data).Score(EvaluationCases.Of(Profile), all);
            method(even).Score(EvaluationCases.Of(Profile), some);

            Assert.Equal(all.Where((_, index) => index % 2 == 1), some);
            Assert.Contains(some, score => score != 0f);
        }
    }

    private static int[] Known() => [.. Profile.Where(movie => movie <= Movies)];

    private bool Likes(int user, int movie) => _ratings[user, movie] >= 4f;

    private static int Count(Func<int, bool> condition) => Enumerable.Range(0, Users).Count(condition);

    private static void AssertScores(IRanker ranker, Func<int, double> expected, Func<int, bool>? movies = null)
    {
        var scores = new float[Movies];
        ranker.Score(EvaluationCases.Of(Profile), scores);
        foreach (var movie in Enumerable.Range(1, Movies).Where(movies ?? (_ => true)))
        {
            Assert.Equal(expected(movie), scores[movie - 1], 1e-4 * Math.Max(1e-2, Math.Abs(expected(movie))));
        }

        Assert.Contains(scores, score => score != 0f);
    }

    private static float[] Normal(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    private static double[,] Inverse(int n, Func<int, int, double> at)
    {
        var a = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                a[i, j] = at(i, j);
            }

            a[i, n + i] = 1;
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = a[pivot, pivot];
            for (var c = 0; c < 2 * n; c++)
            {
                a[pivot, c] /= scale;
            }

            for (var r = 0; r < n; r++)
            {
                var factor = a[r, pivot];
                for (var c = 0; r != pivot && c < 2 * n; c++)
                {
                    a[r, c] -= factor * a[pivot, c];
                }
            }
        }

        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                inverse[i, j] = a[i, n + j];
            }
        }

        return inverse;
    }
}
