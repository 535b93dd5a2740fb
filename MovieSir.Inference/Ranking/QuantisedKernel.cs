using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MovieSir.Inference.Catalogue;

namespace MovieSir.Inference.Ranking;

/// <summary>
/// Products of rows of a quantised matrix. They are 16-bit pairs summed into 32 bits, which is exact: a value does not depend on the processor, the
/// block or what else was asked for.
/// </summary>
internal static unsafe class QuantisedKernel
{
    /// <summary>What a cosine of 1 is written as.</summary>
    public const float One = short.MaxValue;

    // 127 times this, summed over 1,024 columns, still fits 32 bits.
    private const float LargestOfVector = 16_000f;

    private const int RowsAtOnce = 2;
    private const int ReferencesAtOnce = 4;

    // As many rows as the first-level cache holds beside the references: the second tile of references finds them there.
    private const int BlockBytes = 16 * 1024;

    /// <summary>outputs[k][row] = the cosine of row and references[k], for every row of the matrix, as a 16-bit fraction of <see cref="One"/>.</summary>
    /// <param name="matrix">Quantised unit vectors.</param>
    /// <param name="references">Rows of the matrix.</param>
    /// <param name="outputs">One buffer a reference, each as long as the matrix has rows.</param>
    public static void Cosines(QuantisedMatrix matrix, ReadOnlySpan<int> references, ReadOnlySpan<short[]> outputs)
    {
        var stride = matrix.Stride;
        var tiles = (references.Length + ReferencesAtOnce - 1) / ReferencesAtOnce;
        // A tile's missing references are its last one again.
        var widened = new short[tiles * ReferencesAtOnce * stride];
        for (var k = 0; k < tiles * ReferencesAtOnce; k++)
        {
            TensorPrimitives.ConvertChecked<sbyte, short>(matrix.Row(references[Math.Min(k, references.Length - 1)]), widened.AsSpan(k * stride, stride));
        }

        var rowsPerBlock = Math.Max(RowsAtOnce, BlockBytes / stride / RowsAtOnce * RowsAtOnce);
        fixed (sbyte* rows = matrix.All)
        fixed (short* wide = widened)
        {
            for (var block = 0; block < matrix.Rows; block += rowsPerBlock)
            {
                var end = Math.Min(block + rowsPerBlock, matrix.Rows);
                for (var first = 0; first < references.Length; first += ReferencesAtOnce)
                {
                    var tile = new Tile(matrix, references[first..], outputs[first..]);
                    for (var row = block; row < end; row += RowsAtOnce)
                    {
                        var second = Math.Min(row + 1, end - 1);
                        var (a, b) = Avx512BW.IsSupported
                            ? Dot512(rows + ((nint)row * stride), rows + ((nint)second * stride), wide + ((nint)first * stride), stride)
                            : Dot256(rows + ((nint)row * stride), rows + ((nint)second * stride), wide + ((nint)first * stride), stride);
                        tile.Write(row, a);
                        tile.Write(second, b);
                    }
                }
            }
        }
    }

    /// <summary>output[i] ≈ ⟨vector, matrix[rows[i]]⟩.</summary>
    public static void Dot(QuantisedMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> output)
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
            widened[k] = (short)MathF.Round(vector[k] / scale);
        }

        var scales = matrix.Scales;
        fixed (sbyte* values = matrix.All)
        fixed (short* shared = widened)
        {
            for (var i = 0; i < rows.Length; i += RowsAtOnce)
            {
                var second = Math.Min(i + 1, rows.Length - 1);
                var (a, b) = Avx512BW.IsSupported
                    ? Pair512(values + ((nint)rows[i] * matrix.Stride), values + ((nint)rows[second] * matrix.Stride), shared, matrix.Stride)
                    : Pair256(values + ((nint)rows[i] * matrix.Stride), values + ((nint)rows[second] * matrix.Stride), shared, matrix.Stride);
                output[i] = a * (scales[rows[i]] * scale);
                output[second] = b * (scales[rows[second]] * scale);
            }
        }
    }

    private static (int, int) Pair512(sbyte* row0, sbyte* row1, short* shared, int length)
    {
        Vector512<int> a = default, b = default;
        for (var i = 0; i < length; i += Vector512<short>.Count)
        {
            var s = Vector512.Load(shared + i);
            a += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(row0 + i)), s);
            b += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(row1 + i)), s);
        }

        return (Vector512.Sum(a), Vector512.Sum(b));
    }

    private static (int, int) Pair256(sbyte* row0, sbyte* row1, short* shared, int length)
    {
        Vector256<int> a = default, b = default;
        for (var i = 0; i < length; i += Vector256<short>.Count)
        {
            var s = Vector256.Load(shared + i);
            a += PairSums(Widen(row0 + i), s);
            b += PairSums(Widen(row1 + i), s);
        }

        return (Vector256.Sum(a), Vector256.Sum(b));
    }

    /// <summary>⟨row, reference⟩ for two rows and four references, which stand one after the other.</summary>
    private static (Vector128<int> Row0, Vector128<int> Row1) Dot512(sbyte* row0, sbyte* row1, short* references, int length)
    {
        Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < length; i += Vector512<short>.Count)
        {
            var a = Avx512BW.ConvertToVector512Int16(Vector256.Load(row0 + i));
            var b = Avx512BW.ConvertToVector512Int16(Vector256.Load(row1 + i));
            var r = Vector512.Load(references + i);
            a0 += Avx512BW.MultiplyAddAdjacent(a, r);
            b0 += Avx512BW.MultiplyAddAdjacent(b, r);
            r = Vector512.Load(references + length + i);
            a1 += Avx512BW.MultiplyAddAdjacent(a, r);
            b1 += Avx512BW.MultiplyAddAdjacent(b, r);
            r = Vector512.Load(references + (2 * length) + i);
            a2 += Avx512BW.MultiplyAddAdjacent(a, r);
            b2 += Avx512BW.MultiplyAddAdjacent(b, r);
            r = Vector512.Load(references + (3 * length) + i);
            a3 += Avx512BW.MultiplyAddAdjacent(a, r);
            b3 += Avx512BW.MultiplyAddAdjacent(b, r);
        }

        return (Sums(Halved(a0), Halved(a1), Halved(a2), Halved(a3)), Sums(Halved(b0), Halved(b1), Halved(b2), Halved(b3)));
    }

    private static (Vector128<int> Row0, Vector128<int> Row1) Dot256(sbyte* row0, sbyte* row1, short* references, int length)
    {
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < length; i += Vector256<short>.Count)
        {
            var a = Widen(row0 + i);
            var b = Widen(row1 + i);
            var r = Vector256.Load(references + i);
            a0 += PairSums(a, r);
            b0 += PairSums(b, r);
            r = Vector256.Load(references + length + i);
            a1 += PairSums(a, r);
            b1 += PairSums(b, r);
            r = Vector256.Load(references + (2 * length) + i);
            a2 += PairSums(a, r);
            b2 += PairSums(b, r);
            r = Vector256.Load(references + (3 * length) + i);
            a3 += PairSums(a, r);
            b3 += PairSums(b, r);
        }

        return (Sums(a0, a1, a2, a3), Sums(b0, b1, b2, b3));
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

    /// <summary>Where the cosines with four references go.</summary>
    private readonly ref struct Tile
    {
        private readonly ReadOnlySpan<float> _scales;
        private readonly ReadOnlySpan<short[]> _outputs;
        private readonly Vector128<float> _referenceScales;

        public Tile(QuantisedMatrix matrix, ReadOnlySpan<int> references, ReadOnlySpan<short[]> outputs)
        {
            _scales = matrix.Scales;
            _outputs = outputs[..Math.Min(ReferencesAtOnce, references.Length)];
            for (var k = 0; k < _outputs.Length; k++)
            {
                _referenceScales = _referenceScales.WithElement(k, _scales[references[k]] * One);
            }
        }

        public void Write(int row, Vector128<int> sums)
        {
            var scaled = Vector128.ConvertToSingle(sums) * (Vector128.Create(_scales[row]) * _referenceScales);
            var rounded = Vector128.ConvertToInt32(Vector128.Round(Vector128.Clamp(scaled, Vector128.Create(-One), Vector128.Create(One))));
            for (var k = 0; k < _outputs.Length; k++)
            {
                _outputs[k][row] = (short)rounded.GetElement(k);
            }
        }
    }
}
