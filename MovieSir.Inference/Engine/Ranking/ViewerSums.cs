using System.Numerics.Tensors;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>The sums of signals by which candidates are scored: of one viewer, or of two who want to agree.</summary>
internal readonly ref struct ViewerSums
{
    private readonly bool _byLower;

    private ViewerSums(ReadOnlySpan<float> first, ReadOnlySpan<float> second, bool byLower)
    {
        First = first;
        Second = second;
        _byLower = byLower;
    }

    public ReadOnlySpan<float> First { get; }

    /// <summary>Empty where there is one viewer.</summary>
    public ReadOnlySpan<float> Second { get; }

    public bool IsForTwo => !Second.IsEmpty;

    public static ViewerSums OfOne(ReadOnlySpan<float> sums) => new(sums, [], byLower: false);

    /// <summary>A movie counts as much as it does for the one who likes it less.</summary>
    public static ViewerSums Lower(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => new(first, second, byLower: true);

    /// <summary>A movie counts as much as it does for both on average.</summary>
    public static ViewerSums Mean(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => new(first, second, byLower: false);

    /// <summary>Makes one z-score of two.</summary>
    public void Join(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> joined)
    {
        if (_byLower)
        {
            TensorPrimitives.Min(first, second, joined);
        }
        else
        {
            TensorPrimitives.AddMultiply(first, second, 0.5f, joined);
        }
    }
}
