namespace MovieSir.Inference.Models;

/// <summary>
/// A sparse matrix over the movies of a snapshot: how strongly liking one movie speaks for liking another after it. Compressed rows; movies that the
/// model does not know have empty ones.
/// </summary>
/// <param name="starts">Where each row starts; one more than there are movies.</param>
/// <param name="columns">Rows of the snapshot.</param>
/// <param name="weights">Aligned with the columns, positive.</param>
/// <param name="recencyExponent">The profile's movie at rank r from the newest weighs (1 + r)^−exponent.</param>
internal sealed class Successors(int[] starts, int[] columns, float[] weights, float recencyExponent)
{
    public float RecencyExponent { get; } = recencyExponent;

    public int Count => columns.Length;

    /// <summary>sums[movie] += weight × strength for every successor of a movie.</summary>
    public void Add(int row, float weight, Span<float> sums)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            sums[columns[i]] += weight * weights[i];
        }
    }

    /// <summary>sums[movie] = max(sums[movie], strength) for every successor of a movie.</summary>
    public void Raise(int row, Span<float> sums)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            ref var sum = ref sums[columns[i]];
            sum = Math.Max(sum, weights[i]);
        }
    }
}
