using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>What speaks for and against the candidates of a call: a column a signal, aligned with them. A buffer for one call at a time.</summary>
internal sealed class SignalTable
{
    private readonly float[][] _columns = [.. Enumerable.Range(0, Signals.Count).Select(_ => Array.Empty<float>())];
    private float[] _dislike = [];
    private float[] _sums = [];

    public int Count { get; private set; }

    /// <summary>How far a candidate is more like a disliked movie than the average candidate, in standard deviations; never below 0.</summary>
    public Span<float> Dislike => _dislike.AsSpan(0, Count);

    /// <summary>The weighted sum of the signals.</summary>
    public Span<float> Sums => _sums.AsSpan(0, Count);

    /// <summary>The values of one signal.</summary>
    public Span<float> this[Signal signal] => _columns[(int)signal].AsSpan(0, Count);

    /// <summary>Makes room for so many candidates. What the columns hold is whatever they held.</summary>
    public void Resize(int count)
    {
        Count = count;
        foreach (ref var column in _columns.AsSpan())
        {
            Buffers.Grow(ref column, count);
        }

        Buffers.Grow(ref _dislike, count);
        Buffers.Grow(ref _sums, count);
    }
}
