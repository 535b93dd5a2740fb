using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The scores by which a track of <c>/recommend</c> chooses its movies, without filters, noise and time.</summary>
internal sealed class TrackRanker(string name, CatalogSnapshot snapshot, bool discovery) : IRanker
{
    private readonly Scorer _scorer = new(Options.Create(new ScoringOptions()));
    private readonly ObjectPool<ScoringScratch> _scratches = ObjectPool.Create<ScoringScratch>();

    public string Name { get; } = name;

    public void Score(EvaluationCase one, Span<float> scores)
    {
        var scratch = _scratches.Get();
        scratch.EnsureMovies(snapshot);
        var viewer = Viewer.Of(snapshot, one.Profile, [], _scorer.Options, scratch);
        _scorer.ReadSignals(snapshot, viewer, scratch.AllRows(snapshot.Count), scratch);
        _scorer.Combine(_scorer.TrackWeights(snapshot, viewer, discovery), snapshot.Count, scratch);
        // Rows are candidates: both stand in ascending TMDB id.
        scratch.Sum.AsSpan(0, snapshot.Count).CopyTo(scores);
        _scratches.Return(scratch);
    }
}
