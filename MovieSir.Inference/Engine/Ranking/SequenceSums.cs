using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>What the movies of a profile add to each movie of the snapshot, by row and not by candidate. A buffer for one sum at a time.</summary>
internal sealed class SequenceSums
{
    private float[] _byRow = [];

    /// <summary>One number a row of the snapshot, all 0.</summary>
    public Span<float> Begin(int rows)
    {
        Buffers.Grow(ref _byRow, rows);
        var sums = _byRow.AsSpan(0, rows);
        sums.Clear();
        return sums;
    }
}
