using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Numerics;

/// <summary>Dot products between rows of matrices, four at a time: each load of the shared vector serves four sums.</summary>
internal static unsafe class SimilarityKernel
{
    private const int Lanes = 4;

    /// <summary>Longest list of reference rows in one call.</summary>
    public const int MaximumReferences = 512;

    /// <summary>output[i] = ⟨vector, matrix[rows[i]]⟩.</summary>
    public static void Dot(FloatMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, matrix.Columns);
        var columns = matrix.Columns;
        var sums = stackalloc float[Lanes];
        fixed (float* values = matrix.All)
        fixed (float* shared = vector)
        {
            for (var i = 0; i < rows.Length; i += Lanes)
            {
                var last = Math.Min(i + Lanes, rows.Length) - 1;
                Dot4(
                    shared,
                    values + ((nint)rows[i] * columns),
                    values + ((nint)rows[Math.Min(i + 1, last)] * columns),
                    values + ((nint)rows[Math.Min(i + 2, last)] * columns),
                    values + ((nint)rows[last] * columns),
                    columns, sums);
                for (var lane = i; lane <= last; lane++)
                {
                    output[lane] = sums[lane == last ? Lanes - 1 : lane - i];
                }
            }
        }
    }

    private static void Dot4(float* shared, float* a, float* b, float* c, float* d, int length, float* sums)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> sa = default, sb = default, sc = default, sd = default;
            for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var x = Vector512.Load(shared + i);
                sa = Vector512.FusedMultiplyAdd(x, Vector512.Load(a + i), sa);
                sb = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + i), sb);
                sc = Vector512.FusedMultiplyAdd(x, Vector512.Load(c + i), sc);
                sd = Vector512.FusedMultiplyAdd(x, Vector512.Load(d + i), sd);
            }

            (sums[0], sums[1], sums[2], sums[3]) = (Vector512.Sum(sa), Vector512.Sum(sb), Vector512.Sum(sc), Vector512.Sum(sd));
        }
        else
        {
            Vector256<float> sa = default, sb = default, sc = default, sd = default;
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var x = Vector256.Load(shared + i);
                sa = Vector256.MultiplyAddEstimate(x, Vector256.Load(a + i), sa);
                sb = Vector256.MultiplyAddEstimate(x, Vector256.Load(b + i), sb);
                sc = Vector256.MultiplyAddEstimate(x, Vector256.Load(c + i), sc);
                sd = Vector256.MultiplyAddEstimate(x, Vector256.Load(d + i), sd);
            }

            (sums[0], sums[1], sums[2], sums[3]) = (Vector256.Sum(sa), Vector256.Sum(sb), Vector256.Sum(sc), Vector256.Sum(sd));
        }

        for (; i < length; i++)
        {
            sums[0] += shared[i] * a[i];
            sums[1] += shared[i] * b[i];
            sums[2] += shared[i] * c[i];
            sums[3] += shared[i] * d[i];
        }
    }
}
