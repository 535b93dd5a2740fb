using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>From values of any scale to z-scores, and from those to scores in (0, 1).</summary>
internal static class Standard
{
    /// <summary>Turns values into z-scores over themselves, in place: mean 0, standard deviation 1.</summary>
    public static void Standardize(Span<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(values) / values.Length);
        // Equal up to rounding: such a signal says nothing.
        if (deviation < 1e-6f)
        {
            values.Clear();
            return;
        }

        TensorPrimitives.Divide(values, deviation, values);
    }

    /// <summary>
    /// Scores in (0, 1) from z-scores: s = 1 / (1 + √(1 + z²) − z), a sigmoid that nears 1 as 1/(2z), not exponentially. The sums of the movies that
    /// suit a profile best lie ten and more standard deviations above the mean, and the first must still differ from the fiftieth.
    /// </summary>
    public static void ToScores(ReadOnlySpan<float> standardized, Span<float> scores)
    {
        var (one, width) = (Vector512<float>.One, Vector512<float>.Count);
        var i = 0;
        for (; i <= standardized.Length - width; i += width)
        {
            var z = Vector512.Create(standardized.Slice(i, width));
            (one / (one + (Vector512.Sqrt(one + (z * z)) - z))).CopyTo(scores[i..]);
        }

        for (; i < standardized.Length; i++)
        {
            scores[i] = 1f / (1f + (MathF.Sqrt(1f + (standardized[i] * standardized[i])) - standardized[i]));
        }
    }
}
