using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The scores by which a track of <c>/recommend</c> chooses its movies, without filters, noise and time.</summary>
internal sealed class TrackRanker(string name, CatalogSnapshot snapshot, bool discovery) : IRanker
{
    private readonly ObjectPool<ScoringScratch> _scratches = ObjectPool.Create<ScoringScratch>();

    public string Name { get; } = name;

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var scratch = _scratches.Get();
        scratch.Profile.Read(snapshot, one.Profile, one.Disliked);
        SignalReader.Read(snapshot, snapshot.AllRows, scratch);
        Scorer.Combine(snapshot, Scorer.TrackWeights(snapshot, scratch.Profile, discovery), scratch.Signals);
        // Rows are candidates: both stand in ascending TMDB id.
        scratch.Signals.Sums.CopyTo(scores);
        _scratches.Return(scratch);
    }
}
