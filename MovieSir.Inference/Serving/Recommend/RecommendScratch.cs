using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;

namespace MovieSir.Inference.Serving.Recommend;

/// <summary>The buffers of one recommendation, kept for the next.</summary>
internal sealed class RecommendScratch
{
    /// <summary>Both tracks' candidates and their signals.</summary>
    public ScoringScratch Scoring { get; } = new();

    /// <summary>Their signals for the second of two viewers.</summary>
    public ScoringScratch Second { get; } = new();

    /// <summary>The candidates of the track that is being filled.</summary>
    public TrackCandidates Track { get; } = new();

    public VariedTimeFit Fit { get; } = new();
}
