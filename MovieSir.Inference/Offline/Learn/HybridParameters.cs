using MovieSir.Inference.Models;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>How a model version is trained: its signals, and how their ranking is learned.</summary>
internal sealed record HybridParameters
{
    public IalsParameters Ials { get; init; } = new();

    public SuccessionParameters Succession { get; init; } = new();

    public ForestParameters Forest { get; init; } = new();

    /// <summary>How signals are computed, while the ranking is learned and when it is served.</summary>
    public ScoringOptions Scoring { get; init; } = new();
}
