namespace MovieSir.Inference.Numerics;

/// <summary>
/// Dot products of a vector with rows: from the quantized rows for all, a quarter of the bytes, and then exactly for the thousand with the largest.
/// The others are off by one or two hundredths of the spread of all; they are not what is answered for their products.
/// </summary>
internal static class QuantizedScores
{
    private const int Exact = 1024;
    private const int Block = 64;

    /// <param name="quantized">The same rows in fewer bytes.</param>
    /// <param name="matrix">The rows.</param>
    /// <param name="rows">Those that are wanted.</param>
    /// <param name="vector">As long as a row.</param>
    /// <param name="scores">Receives one a wanted row.</param>
    public static void Read(
        QuantizedMatrix quantized, FloatMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> scores)
    {
        var least = float.NegativeInfinity;
        if (rows.Length >= 4 * Exact)
        {
            QuantizedKernel.Dot(quantized, rows, vector, scores);
            least = SampledQuantile.ExceededBy(Exact, scores);
        }
        else
        {
            scores.Fill(float.PositiveInfinity);
        }

        Span<int> movies = stackalloc int[Block];
        Span<int> places = stackalloc int[Block];
        Span<float> exact = stackalloc float[Block];
        var count = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            movies[count] = rows[i];
            places[count] = i;
            count += scores[i] > least ? 1 : 0;
            if (count == Block || (i == rows.Length - 1 && count > 0))
            {
                SimilarityKernel.Dot(matrix, movies[..count], vector, exact);
                for (var k = 0; k < count; k++)
                {
                    scores[places[k]] = exact[k];
                }

                count = 0;
            }
        }
    }
}
