using System.Buffers;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>Item-based neighbors: the sum over the profile of cosine similarity, shrunk, n_ij / (√(n_i n_j) + shrinkage).</summary>
internal sealed class ItemKnnRanker(TrainingData data) : IRanker
{
    private const double Shrinkage = 20;

    public string Name => "item-kNN, cosine, shrink 20";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var profile = one.Profile;
        var positives = data.Positives;
        var together = ArrayPool<int>.Shared.Rent(positives.MovieIds.Length);
        foreach (var item in data.ItemsOf(profile, 0f).Items)
        {
            together.AsSpan(0, positives.MovieIds.Length).Clear();
            foreach (var user in positives.ByItem[item])
            {
                foreach (var other in positives.ByUser[user])
                {
                    together[other]++;
                }
            }

            for (var other = 0; other < positives.MovieIds.Length; other++)
            {
                if (together[other] > 0 && data.CandidateOf[other] is >= 0 and var movie)
                {
                    var norm = Math.Sqrt((double)positives.ByItem[item].Length * positives.ByItem[other].Length);
                    scores[movie] += (float)(together[other] / (norm + Shrinkage));
                }
            }
        }

        ArrayPool<int>.Shared.Return(together);
    }
}
