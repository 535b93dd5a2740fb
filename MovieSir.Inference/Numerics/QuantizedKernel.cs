using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MovieSir.Inference.Numerics;

/// <summary>
/// Products of rows of a quantized matrix. They are 16-bit pairs summed into 32 bits, which is exact: a value does not depend on the processor, the
/// threads or what else was asked for.
/// </summary>
internal static unsafe class QuantizedKernel
{
    /// <summary>What a cosine of 1 is written as.</summary>
    public const float One = short.MaxValue;

    // 127 times this, summed over 1,024 columns, still fits 32 bits.
    private const float LargestOfVector = 16_000f;

    private const int RowsAtOnce = 4;
    private const int ReferencesAtOnce = 2;

    // Widened, they stay in the first-level cache, and rows come from memory while others are multiplied.
    private const int ReferencesAPass = 16;

    // The second-level cache holds them for the next pass.
    private const int ChunkRows = 512;

    // Some two milliseconds of one thread: less is not worth waking others for.
    private const long ProductsToShare = 1 << 26;

    /// <summary>
    /// outputs[k][row] = the cosine of row and references[k], for every row of the matrix, as a 16-bit fraction of <see cref="One"/>.
    /// </summary>
    /// <param name="matrix">Quantized unit vectors.</param>
    /// <param name="references">Rows of the matrix.</param>
    /// <param name="outputs">One buffer a reference, as long as the matrix has rows and three more: they are written four at a time.</param>
    /// <param name="threads">How many may share the work, where it is worth it.</param>
    public static void Cosines(QuantizedMatrix matrix, int[] references, short[][] outputs, int threads)
    {
        // An odd one's partner is itself.
        var widened = new short[(references.Length + 1) / ReferencesAtOnce * ReferencesAtOnce * matrix.Stride];
        for (var start = 0; start < widened.Length; start += matrix.Stride)
        {
            var reference = references[Math.Min(start / matrix.Stride, references.Length - 1)];
            TensorPrimitives.ConvertChecked<sbyte, short>(matrix.Row(reference), widened.AsSpan(start, matrix.Stride));
        }

        var chunks = (matrix.Rows + ChunkRows - 1) / ChunkRows;
        if (threads > 1 && (long)matrix.Rows * widened.Length >= ProductsToShare)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Parallel.For(0, chunks, options, chunk => CosinesOfChunk(matrix, references, widened, outputs, chunk));
            return;
        }

        for (var chunk = 0; chunk < chunks; chunk++)
        {
            CosinesOfChunk(matrix, references, widened, outputs, chunk);
        }
    }

    private static void CosinesOfChunk(QuantizedMatrix matrix, int[] references, short[] widened, short[][] outputs, int chunk)
    {
        var stride = matrix.Stride;
        var scales = matrix.Scales;
        var end = Math.Min((chunk + 1) * ChunkRows, matrix.Rows);
        fixed (sbyte* values = matrix.All)
        fixed (short* wide = widened)
        {
            for (var pass = 0; pass < references.Length; pass += ReferencesAPass)
            {
                var passEnd = Math.Min(pass + ReferencesAPass, references.Length);
                for (var row = chunk * ChunkRows; row < end; row += RowsAtOnce)
                {
                    // What stands behind the last row is that row again.
                    var four = new Four(matrix, values, row, Math.Min(row + 1, end - 1), Math.Min(row + 2, end - 1), Math.Min(row + 3, end - 1));
                    for (var k = pass; k < passEnd; k += ReferencesAtOnce)
                    {
                        var (a, b) = Avx512BW.IsSupported
                            ? Dot512(four, wide + ((nint)k * stride), stride)
                            : Dot256(four, wide + ((nint)k * stride), stride);
                        var last = Math.Min(k + 1, passEnd - 1);
                        Write(a, four.Scales * (scales[references[k]] * One), outputs[k].AsSpan(row, RowsAtOnce));
                        Write(b, four.Scales * (scales[references[last]] * One), outputs[last].AsSpan(row, RowsAtOnce));
                    }
                }
            }
        }
    }

    private static void Write(Vector128<int> sums, Vector128<float> scales, Span<short> output)
    {
        var scaled = Vector128.Clamp(Vector128.ConvertToSingle(sums) * scales, Vector128.Create(-One), Vector128.Create(One));
        var rounded = Vector128.ConvertToInt32(Vector128.Round(scaled));
        Vector128.Narrow(rounded, rounded).GetLower().CopyTo(output);
    }

    /// <summary>output[i] ≈ ⟨vector, matrix[rows[i]]⟩.</summary>
    public static void Dot(QuantizedMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vector.Length, matrix.Stride);
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / LargestOfVector;
        if (scale == 0f)
        {
            output.Clear();
            return;
        }

        Span<short> widened = stackalloc short[matrix.Stride];
        widened.Clear();
        for (var k = 0; k < vector.Length; k++)
        {
            widened[k] = (short)MathF.Round(vector[k] / scale, MidpointRounding.ToEven);
        }

        fixed (sbyte* values = matrix.All)
        fixed (short* shared = widened)
        {
            for (var i = 0; i < rows.Length; i += RowsAtOnce)
            {
                // The last four may overlap those before: they come out the same.
                i = Math.Min(i, Math.Max(0, rows.Length - RowsAtOnce));
                var last = rows.Length - 1;
                var four = new Four(matrix, values, rows[i], rows[Math.Min(i + 1, last)], rows[Math.Min(i + 2, last)], rows[Math.Min(i + 3, last)]);
                var sums = Avx512BW.IsSupported ? Single512(four, shared, matrix.Stride) : Single256(four, shared, matrix.Stride);
                var products = Vector128.ConvertToSingle(sums) * (four.Scales * scale);
                for (var k = 0; k < Math.Min(RowsAtOnce, rows.Length); k++)
                {
                    output[i + k] = products[k];
                }
            }
        }
    }

    /// <summary>⟨row, reference⟩ for four rows and two references, which stand one after the other.</summary>
    private static (Vector128<int> Reference0, Vector128<int> Reference1) Dot512(in Four rows, short* references, int length)
    {
        Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < length; i += Vector512<short>.Count)
        {
            var a = Vector512.Load(references + i);
            var b = Vector512.Load(references + length + i);
            var row = Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row0 + i));
            a0 += Avx512BW.MultiplyAddAdjacent(row, a);
            b0 += Avx512BW.MultiplyAddAdjacent(row, b);
            row = Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row1 + i));
            a1 += Avx512BW.MultiplyAddAdjacent(row, a);
            b1 += Avx512BW.MultiplyAddAdjacent(row, b);
            row = Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row2 + i));
            a2 += Avx512BW.MultiplyAddAdjacent(row, a);
            b2 += Avx512BW.MultiplyAddAdjacent(row, b);
            row = Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row3 + i));
            a3 += Avx512BW.MultiplyAddAdjacent(row, a);
            b3 += Avx512BW.MultiplyAddAdjacent(row, b);
        }

        return (Sums(Halved(a0), Halved(a1), Halved(a2), Halved(a3)), Sums(Halved(b0), Halved(b1), Halved(b2), Halved(b3)));
    }

    private static (Vector128<int> Reference0, Vector128<int> Reference1) Dot256(in Four rows, short* references, int length)
    {
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < length; i += Vector256<short>.Count)
        {
            var a = Vector256.Load(references + i);
            var b = Vector256.Load(references + length + i);
            var row = Widen(rows.Row0 + i);
            a0 += PairSums(row, a);
            b0 += PairSums(row, b);
            row = Widen(rows.Row1 + i);
            a1 += PairSums(row, a);
            b1 += PairSums(row, b);
            row = Widen(rows.Row2 + i);
            a2 += PairSums(row, a);
            b2 += PairSums(row, b);
            row = Widen(rows.Row3 + i);
            a3 += PairSums(row, a);
            b3 += PairSums(row, b);
        }

        return (Sums(a0, a1, a2, a3), Sums(b0, b1, b2, b3));
    }

    /// <summary>The same for one reference.</summary>
    private static Vector128<int> Single512(in Four rows, short* reference, int length)
    {
        Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default;
        for (var i = 0; i < length; i += Vector512<short>.Count)
        {
            var a = Vector512.Load(reference + i);
            a0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row0 + i)), a);
            a1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row1 + i)), a);
            a2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row2 + i)), a);
            a3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(rows.Row3 + i)), a);
        }

        return Sums(Halved(a0), Halved(a1), Halved(a2), Halved(a3));
    }

    private static Vector128<int> Single256(in Four rows, short* reference, int length)
    {
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default;
        for (var i = 0; i < length; i += Vector256<short>.Count)
        {
            var a = Vector256.Load(reference + i);
            a0 += PairSums(Widen(rows.Row0 + i), a);
            a1 += PairSums(Widen(rows.Row1 + i), a);
            a2 += PairSums(Widen(rows.Row2 + i), a);
            a3 += PairSums(Widen(rows.Row3 + i), a);
        }

        return Sums(a0, a1, a2, a3);
    }

    private static Vector256<int> Halved(Vector512<int> vector) => vector.GetLower() + vector.GetUpper();

    /// <summary>The sums of four vectors.</summary>
    private static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        if (!Avx2.IsSupported)
        {
            return Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        }

        var sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return sums.GetLower() + sums.GetUpper();
    }

    private static Vector256<short> Widen(sbyte* values)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int16(values);
        }

        var (lower, upper) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(lower, upper);
    }

    // Which products are paired differs between the two, the sum over all lanes does not.
    private static Vector256<int> PairSums(Vector256<short> left, Vector256<short> right)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(left, right);
        }

        var (leftLower, leftUpper) = Vector256.Widen(left);
        var (rightLower, rightUpper) = Vector256.Widen(right);
        return (leftLower * rightLower) + (leftUpper * rightUpper);
    }

    /// <summary>Four rows of a matrix that is pinned.</summary>
    private readonly struct Four(QuantizedMatrix matrix, sbyte* values, int a, int b, int c, int d)
    {
        public readonly sbyte* Row0 = values + ((nint)a * matrix.Stride);
        public readonly sbyte* Row1 = values + ((nint)b * matrix.Stride);
        public readonly sbyte* Row2 = values + ((nint)c * matrix.Stride);
        public readonly sbyte* Row3 = values + ((nint)d * matrix.Stride);
        public readonly Vector128<float> Scales = Vector128.Create(matrix.Scales[a], matrix.Scales[b], matrix.Scales[c], matrix.Scales[d]);
    }
}
