using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Serving.Similar;

/// <summary>The buffers of one call, kept for the next.</summary>
internal sealed class SimilarScratch
{
    private float[] _sums = [];

    /// <summary>What may be answered.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>Those of them that can be compared.</summary>
    public KnownCandidates Known { get; } = new();

    /// <summary>One number a candidate, all 0.</summary>
    public Span<float> BeginSums(int candidates)
    {
        Buffers.Grow(ref _sums, candidates);
        var sums = _sums.AsSpan(0, candidates);
        sums.Clear();
        return sums;
    }
}
