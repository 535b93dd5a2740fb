namespace MovieSir.Inference.Catalogue;

/// <summary>
/// A sparse matrix over the films of a snapshot: how strongly liking one film speaks for liking another after it. Compressed rows; films that the
/// model does not know have empty ones.
/// </summary>
/// <param name="starts">Where each row starts; one more than there are films.</param>
/// <param name="columns">Rows of the snapshot.</param>
/// <param name="weights">Aligned with the columns, positive.</param>
/// <param name="recencyExponent">The profile's film at rank r from the newest weighs (1 + r)^−exponent.</param>
internal sealed class Successors(int[] starts, int[] columns, float[] weights, float recencyExponent)
{
    public float RecencyExponent { get; } = recencyExponent;

    public int Count => columns.Length;

    /// <summary>sums[film] += weight × strength for every successor of a film.</summary>
    public void Add(int row, float weight, Span<float> sums)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            sums[columns[i]] += weight * weights[i];
        }
    }

    /// <summary>sums[film] = max(sums[film], strength) for every successor of a film.</summary>
    public void Raise(int row, Span<float> sums)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            ref var sum = ref sums[columns[i]];
            sum = Math.Max(sum, weights[i]);
        }
    }
}
