using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Dot products of a viewer with the factors of movies: from the quantized factors for all, a quarter of the bytes, and then exactly for the thousand
/// with the largest. The others are off by one or two hundredths of the spread of all; they are not what a viewer is answered for their factors.
/// </summary>
internal static class FactorScores
{
    private const int Exact = 1024;
    private const int Block = 64;

    /// <param name="model">The factors.</param>
    /// <param name="rows">Movies that the model knows.</param>
    /// <param name="user">The folded-in viewer.</param>
    /// <param name="scores">Receives one a movie.</param>
    public static void Read(FactorModel model, ReadOnlySpan<int> rows, ReadOnlySpan<float> user, Span<float> scores)
    {
        var least = float.NegativeInfinity;
        if (rows.Length >= 4 * Exact)
        {
            QuantizedKernel.Dot(model.Quantized, rows, user, scores);
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
                SimilarityKernel.Dot(model.Factors, movies[..count], user, exact);
                for (var k = 0; k < count; k++)
                {
                    scores[places[k]] = exact[k];
                }

                count = 0;
            }
        }
    }
}
