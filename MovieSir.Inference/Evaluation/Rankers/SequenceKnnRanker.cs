using System.Buffers;

namespace MovieSir.Inference.Evaluation.Rankers;

/// <summary>
/// Item-based neighbours that know order and distance: where a user liked i and, d places later, j, i speaks for j by e^(−d/30) and j for i by a fifth
/// of it; over √(n_i n_j) + 8. The profile weighs (1 + rank)^−0.6 from the newest.
/// </summary>
internal sealed class SequenceKnnRanker : IRanker
{
    private const double Shrinkage = 8;
    private const double Reach = 30;
    private const float Backward = 0.2f;
    private const float RecencyExponent = 0.6f;

    private readonly TrainingData _data;
    private readonly int[][] _sequences;
    private readonly List<(int User, int Place)>[] _places;
    private readonly float[] _decay;

    /// <param name="data">The training users.</param>
    /// <param name="threshold">A rating of at least this much is a positive.</param>
    public SequenceKnnRanker(TrainingData data, float threshold)
    {
        _data = data;
        _sequences = new int[data.Ratings.UserCount][];
        _places = Array.ConvertAll(data.Positives.MovieIds, _ => new List<(int, int)>());
        for (var user = 0; user < _sequences.Length; user++)
        {
            var sequence = new List<int>();
            var movieIds = data.Ratings.MovieIds(user);
            var values = data.Ratings.Values(user);
            for (var i = 0; i < movieIds.Length; i++)
            {
                if (values[i] >= threshold)
                {
                    var item = data.ItemOf(movieIds[i]);
                    _places[item].Add((user, sequence.Count));
                    sequence.Add(item);
                }
            }

            _sequences[user] = [.. sequence];
        }

        _decay = [.. Enumerable.Range(0, _sequences.Max(sequence => sequence.Length) + 1).Select(distance => (float)Math.Exp(-distance / Reach))];
    }

    public string Name => "order-aware item-kNN";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var (items, weights) = _data.ItemsOf(profile, RecencyExponent);
        var byItem = _data.Positives.ByItem;
        var affinity = ArrayPool<float>.Shared.Rent(byItem.RowCount);
        for (var k = 0; k < items.Length; k++)
        {
            affinity.AsSpan(0, byItem.RowCount).Clear();
            foreach (var (user, place) in _places[items[k]])
            {
                var sequence = _sequences[user];
                for (var before = 0; before < place; before++)
                {
                    affinity[sequence[before]] += Backward * _decay[place - before];
                }

                for (var after = place + 1; after < sequence.Length; after++)
                {
                    affinity[sequence[after]] += _decay[after - place];
                }
            }

            for (var other = 0; other < byItem.RowCount; other++)
            {
                if (affinity[other] > 0 && _data.CandidateOf[other] is >= 0 and var film)
                {
                    var norm = Math.Sqrt((double)byItem[items[k]].Length * byItem[other].Length);
                    scores[film] += weights[k] * (float)(affinity[other] / (norm + Shrinkage));
                }
            }
        }

        ArrayPool<float>.Shared.Return(affinity);
    }
}
