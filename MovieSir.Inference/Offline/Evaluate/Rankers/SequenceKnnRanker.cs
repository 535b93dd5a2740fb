using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>
/// Item-based neighbors that know order and distance: where a user liked i and, d places later, j, i speaks for j by e^(−d/30) and j for i by a fifth
/// of it; over √(n_i n_j) + 8. The profile weighs (1 + rank)^−0.6 from the newest. Counted as successors are, with all of them kept.
/// </summary>
internal sealed class SequenceKnnRanker : IRanker
{
    private static readonly SuccessionParameters Parameters = new()
    {
        Reach = 30f,
        Backward = 0.2f,
        Shrinkage = 8f,
        RecencyExponent = 0.6f,
        Kept = int.MaxValue,
    };

    private readonly TrainingData _data;
    private readonly SuccessorLists _lists;

    /// <param name="data">The training users.</param>
    /// <param name="threshold">A rating of at least this much is a positive.</param>
    /// <param name="degreeOfParallelism">Threads to count with.</param>
    /// <param name="cancellationToken">Ends it between movies.</param>
    public SequenceKnnRanker(TrainingData data, float threshold, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        _data = data;
        _lists = new SuccessionTrainer(Parameters, degreeOfParallelism).Train(data.Ratings, data.Positives, threshold, cancellationToken);
    }

    public string Name => "order-aware item-kNN";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var (items, weights) = _data.ItemsOf(one.Profile, Parameters.RecencyExponent);
        for (var k = 0; k < items.Length; k++)
        {
            var successors = _lists.SuccessorsOf(items[k]);
            var strengths = _lists.WeightsOf(items[k]);
            for (var i = 0; i < successors.Length; i++)
            {
                if (_data.Candidates.IndexOf(successors[i]) is >= 0 and var movie)
                {
                    scores[movie] += weights[k] * strengths[i];
                }
            }
        }
    }
}
