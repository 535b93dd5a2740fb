using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The number of training users who like a movie, whoever asks.</summary>
internal sealed class PopularityRanker(TrainingData data) : IRanker
{
    public string Name => "popularity";

    public void Score(EvaluationCase one, Span<float> scores)
    {
        for (var item = 0; item < data.CandidateOf.Length; item++)
        {
            if (data.CandidateOf[item] is >= 0 and var movie)
            {
                scores[movie] = data.Positives.ByItem[item].Length;
            }
        }
    }
}
