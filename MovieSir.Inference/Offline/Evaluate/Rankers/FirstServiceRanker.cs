using System.Numerics.Tensors;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>
/// The rule that MovieSir was first run with (track A, no filter): 0.7 × model + 0.3 × rating, each min-max normalized over the candidates. Model is
/// 0.7 × the highest cosine + 0.3 × the highest dot product of item factors to a movie of the profile, or the cosine alone for movies without
/// factors; rating is vote average / 10 × ln(votes a day + 1), for movies of at least 3,000 votes.
/// </summary>
internal sealed class FirstServiceRanker : IRanker
{
    private const float ModelShare = 0.7f;
    private const float RatingShare = 0.3f;
    private const float EmbeddingShare = 0.7f;
    private const float FactorShare = 0.3f;
    private const int MinimumVotes = 3000;

    private readonly TrainingData _data;
    private readonly float[] _itemFactors;
    private readonly int _dimension;
    private readonly int[] _itemOfMovie;
    private readonly float[] _rating;

    /// <param name="data">What the factors were trained on.</param>
    /// <param name="itemFactors">Items × dimension.</param>
    /// <param name="dimension">Columns of the factors.</param>
    /// <param name="today">Day up to which votes are counted.</param>
    public FirstServiceRanker(TrainingData data, float[] itemFactors, int dimension, DateOnly today)
    {
        (_data, _itemFactors, _dimension) = (data, itemFactors, dimension);
        _itemOfMovie = [.. data.Candidates.Movies.Select(movie => data.ItemOf(movie.MovieId))];
        _rating = [.. data.Candidates.Movies.Select(movie => Rating(movie, today))];
        Normalize(_rating);
    }

    public string Name => "the first service's rule";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var liked = EmbeddingRanker.EmbeddingsOf(_data.Candidates, profile);
        var items = _data.ItemsOf(profile, 0f).Items;
        for (var movie = 0; movie < scores.Length; movie++)
        {
            var cosine = 0f;
            if (_data.Candidates.Movies[movie].Embedding is { } embedding)
            {
                foreach (var other in liked)
                {
                    cosine = Math.Max(cosine, TensorPrimitives.Dot<float>(embedding, other));
                }
            }

            scores[movie] = cosine;
            if (_itemOfMovie[movie] >= 0 && items.Length > 0)
            {
                var dot = float.NegativeInfinity;
                foreach (var item in items)
                {
                    dot = Math.Max(dot, TensorPrimitives.Dot<float>(Factors(_itemOfMovie[movie]), Factors(item)));
                }

                scores[movie] = (EmbeddingShare * cosine) + (FactorShare * dot);
            }
        }

        Normalize(scores);
        for (var movie = 0; movie < scores.Length; movie++)
        {
            scores[movie] = (ModelShare * scores[movie]) + (RatingShare * _rating[movie]);
        }
    }

    private ReadOnlySpan<float> Factors(int item) => _itemFactors.AsSpan(item * _dimension, _dimension);

    private static float Rating(CandidateMovie movie, DateOnly today)
    {
        if (movie.VoteCount < MinimumVotes || movie.ReleaseDate is not { } released)
        {
            return 0f;
        }

        var days = Math.Max(1, today.DayNumber - released.DayNumber);
        return movie.VoteAverage / 10f * MathF.Log(((float)movie.VoteCount / days) + 1f);
    }

    private static void Normalize(Span<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var (least, most) = (TensorPrimitives.Min<float>(values), TensorPrimitives.Max<float>(values));
        TensorPrimitives.Subtract(values, least, values);
        if (most > least)
        {
            TensorPrimitives.Divide(values, most - least, values);
        }
    }
}
