using System.Numerics.Tensors;

namespace MovieSir.Inference.Evaluation.Rankers;

/// <summary>
/// The rule that MovieSir was first run with (track A, no filter): 0.7 × model + 0.3 × rating, each min-max normalised over the candidates. Model is
/// 0.7 × the highest cosine + 0.3 × the highest dot product of item factors to a film of the profile, or the cosine alone for films without factors;
/// rating is vote average / 10 × ln(votes a day + 1), for films of at least 3,000 votes.
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
    private readonly int[] _itemOfFilm;
    private readonly float[] _rating;

    /// <param name="data">What the factors were trained on.</param>
    /// <param name="itemFactors">Items × dimension.</param>
    /// <param name="dimension">Columns of the factors.</param>
    /// <param name="today">Day up to which votes are counted.</param>
    public FirstServiceRanker(TrainingData data, float[] itemFactors, int dimension, DateOnly today)
    {
        (_data, _itemFactors, _dimension) = (data, itemFactors, dimension);
        _itemOfFilm = [.. data.Candidates.Films.Select(film => data.ItemOf(film.MovieId))];
        _rating = [.. data.Candidates.Films.Select(film => Rating(film, today))];
        Normalise(_rating);
    }

    public string Name => "the first service's rule";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var liked = EmbeddingRanker.EmbeddingsOf(_data.Candidates, profile);
        var items = _data.ItemsOf(profile, 0f).Items;
        for (var film = 0; film < scores.Length; film++)
        {
            var cosine = 0f;
            if (_data.Candidates.Films[film].Embedding is { } embedding)
            {
                foreach (var other in liked)
                {
                    cosine = Math.Max(cosine, TensorPrimitives.Dot<float>(embedding, other));
                }
            }

            scores[film] = cosine;
            if (_itemOfFilm[film] >= 0 && items.Length > 0)
            {
                var dot = float.NegativeInfinity;
                foreach (var item in items)
                {
                    dot = Math.Max(dot, TensorPrimitives.Dot<float>(Factors(_itemOfFilm[film]), Factors(item)));
                }

                scores[film] = (EmbeddingShare * cosine) + (FactorShare * dot);
            }
        }

        Normalise(scores);
        for (var film = 0; film < scores.Length; film++)
        {
            scores[film] = (ModelShare * scores[film]) + (RatingShare * _rating[film]);
        }
    }

    private ReadOnlySpan<float> Factors(int item) => _itemFactors.AsSpan(item * _dimension, _dimension);

    private static float Rating(CandidateFilm film, DateOnly today)
    {
        if (film.VoteCount < MinimumVotes || film.ReleaseDate is not { } released)
        {
            return 0f;
        }

        var days = Math.Max(1, today.DayNumber - released.DayNumber);
        return film.VoteAverage / 10f * MathF.Log(((float)film.VoteCount / days) + 1f);
    }

    private static void Normalise(Span<float> values)
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
