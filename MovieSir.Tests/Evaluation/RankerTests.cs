using MovieSir.Inference.Evaluation;
using MovieSir.Inference.Evaluation.Rankers;
using MovieSir.Inference.Training;

namespace MovieSir.Tests.Evaluation;

/// <summary>Each method against its formula, written out densely on a few users.</summary>
public sealed class RankerTests
{
    private const int Films = 25;
    private const int Users = 18;
    private static readonly int[] Profile = [3, 11, 8, 999];

    private readonly TrainingData _data;
    private readonly float[,] _ratings = new float[Users, Films + 1];

    public RankerTests()
    {
        var random = new Random(12);
        var builder = new RatingSetBuilder();
        for (var user = 0; user < Users; user++)
        {
            foreach (var film in Enumerable.Range(1, Films).OrderBy(_ => random.Next()).Take(random.Next(5, 16)).Select((film, place) => (film, place)))
            {
                _ratings[user, film.film] = random.Next(3, 11) / 2f;
                builder.Add(new UserKey(1, user), film.film, _ratings[user, film.film], film.place);
            }
        }

        _data = new TrainingData(builder.Build(), new CandidateFilms(Enumerable.Range(1, Films).Select(id => new CandidateFilm(id))), 4f);
    }

    [Fact]
    public void Popularity_counts_those_who_like_a_film() =>
        AssertScores(new PopularityRanker(_data), film => Count(user => Likes(user, film)));

    [Fact]
    public void Item_knn_is_shrunk_cosine_over_the_profile() =>
        AssertScores(new ItemKnnRanker(_data), film => Known().Sum(liked =>
            Count(user => Likes(user, film) && Likes(user, liked))
            / (Math.Sqrt((double)Count(user => Likes(user, film)) * Count(user => Likes(user, liked))) + 20)));

    [Fact]
    public void User_knn_sums_the_cosines_of_those_who_like_a_film() =>
        AssertScores(new UserKnnRanker(_data), film => Enumerable.Range(0, Users).Where(user => Likes(user, film)).Sum(user =>
            Known().Count(liked => Likes(user, liked)) / Math.Sqrt((double)Known().Length * Enumerable.Range(1, Films).Count(other => Likes(user, other)))));

    [Fact]
    public void Order_aware_knn_counts_pairs_by_direction_and_distance()
    {
        double Pair(int liked, int film) => Enumerable.Range(0, Users).Sum(user =>
        {
            var sequence = _data.Ratings.MovieIds(user).ToArray().Where(other => Likes(user, other)).ToList();
            var (from, to) = (sequence.IndexOf(liked), sequence.IndexOf(film));
            return from < 0 || to < 0 || from == to ? 0 : (to > from ? 1 : 0.2) * Math.Exp(-Math.Abs(to - from) / 30.0);
        });

        // The profile's last film is unknown to the catalogue: it keeps its place in the recency weights.
        AssertScores(new SequenceKnnRanker(_data, 4f, 2, TestContext.Current.CancellationToken), film => Profile.Select((liked, place) => (liked, place)).Where(p => p.liked <= Films).Sum(p =>
            Math.Pow(Profile.Length - p.place, -0.6) * Pair(p.liked, film)
            / (Math.Sqrt((double)Count(user => Likes(user, film)) * Count(user => Likes(user, p.liked))) + 8)));
    }

    [Fact]
    public void Ease_equals_the_closed_form_over_films()
    {
        var x = new double[Users, Films];
        for (var user = 0; user < Users; user++)
        {
            for (var film = 1; film <= Films; film++)
            {
                var rating = _ratings[user, film];
                x[user, film - 1] = rating >= 3.5f ? 1 : rating > 0 && rating < 3f ? -0.2 : 0;
            }
        }

        var inverse = Inverse(Films, (i, j) => (i == j ? 400 : 0) + Enumerable.Range(0, Users).Sum(user => x[user, i] * x[user, j]));
        AssertScores(
            new EaseRanker(_data),
            film => Profile.Select((liked, place) => (liked, place)).Where(p => p.liked <= Films).Sum(p =>
                Math.Pow(Profile.Length - p.place, -0.5) * -inverse[p.liked - 1, film - 1] / inverse[film - 1, film - 1]),
            film => !Profile.Contains(film));
    }

    [Fact]
    public void Encoder_alone_takes_the_mean_of_the_three_nearest()
    {
        var random = new Random(2);
        var embeddings = Enumerable.Range(0, 6).Select(_ => Normal([random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f])).ToArray();
        var films = new CandidateFilms([.. embeddings.Select((embedding, index) => new CandidateFilm(index + 1) { Embedding = embedding }), new CandidateFilm(7)]);
        var scores = new float[7];

        new EmbeddingRanker(films).Score(EvaluationCases.Of(1, 2, 3, 4, 7), scores);

        for (var film = 0; film < 6; film++)
        {
            var cosines = embeddings[..4].Select(other => other.Zip(embeddings[film], (a, b) => a * b).Sum()).OrderDescending().Take(3);
            Assert.Equal(cosines.Average(), scores[film], 1e-5f);
        }

        Assert.Equal(-1f, scores[6]);
    }

    [Fact]
    public void First_service_mixes_the_normalised_model_and_rating()
    {
        // Three films: the profile's own, one near to it with votes, one far with none. No film has factors.
        var films = new CandidateFilms(
        [
            new CandidateFilm(1) { Embedding = [1f, 0f], ReleaseDate = new DateOnly(2020, 1, 1) },
            new CandidateFilm(2) { Embedding = [0.8f, 0.6f], VoteAverage = 8f, VoteCount = 4000, ReleaseDate = new DateOnly(2020, 1, 1) },
            new CandidateFilm(3) { Embedding = [0f, 1f], VoteAverage = 9f, VoteCount = 2999, ReleaseDate = new DateOnly(2020, 1, 1) },
        ]);
        var scores = new float[3];

        new FirstServiceRanker(new TrainingData(RatingSet.Empty, films, 4f), [], 8, new DateOnly(2021, 1, 1)).Score(EvaluationCases.Of(1), scores);

        Assert.Equal([0.7f, (0.7f * 0.8f) + 0.3f, 0f], scores, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Films_that_are_no_candidates_change_nothing_in_the_scores_of_those_that_are()
    {
        var even = new TrainingData(_data.Ratings, new CandidateFilms(Enumerable.Range(1, Films / 2).Select(id => new CandidateFilm(2 * id))), 4f);
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
            var all = new float[Films];
            var some = new float[Films / 2];
            method(_data).Score(EvaluationCases.Of(Profile), all);
            method(even).Score(EvaluationCases.Of(Profile), some);

            Assert.Equal(all.Where((_, index) => index % 2 == 1), some);
            Assert.Contains(some, score => score != 0f);
        }
    }

    private static int[] Known() => [.. Profile.Where(film => film <= Films)];

    private bool Likes(int user, int film) => _ratings[user, film] >= 4f;

    private static int Count(Func<int, bool> condition) => Enumerable.Range(0, Users).Count(condition);

    private static void AssertScores(IRanker ranker, Func<int, double> expected, Func<int, bool>? films = null)
    {
        var scores = new float[Films];
        ranker.Score(EvaluationCases.Of(Profile), scores);
        foreach (var film in Enumerable.Range(1, Films).Where(films ?? (_ => true)))
        {
            Assert.Equal(expected(film), scores[film - 1], 1e-4 * Math.Max(1e-2, Math.Abs(expected(film))));
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
