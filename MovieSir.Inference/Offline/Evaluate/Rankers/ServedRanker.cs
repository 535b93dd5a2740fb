using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>What <c>/rank</c> answers: the service's own code over a snapshot of the model.</summary>
internal sealed class ServedRanker(string name, CatalogSnapshot snapshot) : IRanker
{
    /// <summary>As many as a request may ask for.</summary>
    private const int Movies = 1000;

    private readonly Ranker _ranker = new(ObjectPool.Create<ScoringScratch>());

    public string Name { get; } = name;

    public void Score(EvaluationCase one, Span<float> scores)
    {
        scores.Fill(float.NegativeInfinity);
        // Rows are candidates: both stand in ascending TMDB id.
        foreach (var (row, score) in _ranker.Rank(snapshot, one.Profile, one.Disliked, one.History, CandidateFilter.Nothing, Movies))
        {
            scores[row.Index] = score;
        }
    }
}
