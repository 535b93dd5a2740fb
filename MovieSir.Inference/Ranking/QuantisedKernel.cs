using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MovieSir.Inference.Catalogue;

namespace MovieSir.Inference.Ranking;

/// <summary>
/// Cosines of a few rows of a quantised matrix with a range of its rows, as 16-bit fractions of <see cref="One"/>. Products are 16-bit pairs summed
/// into 32 bits, which is exact: a value does not depend on the processor, the block or what else was asked for.
/// </summary>
internal static unsafe class QuantisedKernel
{
    /// <summary>What a cosine of 1 is written as.</summary>
    public const float One = short.MaxValue;

    private const int RowsAtOnce = 2;
    private const int ReferencesAtOnce = 4;

    // As many rows as the first-level cache holds beside the references: the second tile of references finds them there.
    private const int BlockBytes = 16 * 1024;

    /// <summary>outputs[k][row] = the cosine of row and references[k], for every row of the matrix.</summary>
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

        var sums = stackalloc int[RowsAtOnce * ReferencesAtOnce];
        var rowsPerBlock = Math.Max(RowsAtOnce, BlockBytes / stride / RowsAtOnce * RowsAtOnce);
        fixed (sbyte* rows = matrix.All)
        fixed (short* wide = widened)
        {
            for (var block = 0; block < matrix.Rows; block += rowsPerBlock)
            {
                var end = Math.Min(block + rowsPerBlock, matrix.Rows);
                for (var first = 0; first < references.Length; first += ReferencesAtOnce)
                {
                    var count = Math.Min(ReferencesAtOnce, references.Length - first);
                    for (var row = block; row < end; row += RowsAtOnce)
                    {
                        var second = Math.Min(row + 1, end - 1);
                        Dot(rows + ((nint)row * stride), rows + ((nint)second * stride), wide + ((nint)first * stride), stride, sums);
                        for (var k = 0; k < count; k++)
                        {
                            var scale = matrix.Scales[references[first + k]] * One;
                            outputs[first + k][row] = Rounded(sums[k], matrix.Scales[row] * scale);
                            outputs[first + k][second] = Rounded(sums[ReferencesAtOnce + k], matrix.Scales[second] * scale);
                        }
                    }
                }
            }
        }
    }

    private static short Rounded(int sum, float scale) => (short)Math.Clamp(MathF.Round(sum * scale), -One, One);

    /// <summary>sums[4 · row + k] = ⟨row, references[k]⟩ for two rows and four references, which stand one after the other.</summary>
    private static void Dot(sbyte* row0, sbyte* row1, short* references, int length, int* sums)
    {
        if (Avx512BW.IsSupported)
        {
            Dot512(row0, row1, references, length, sums);
        }
        else
        {
            Dot256(row0, row1, references, length, sums);
        }
    }

    private static void Dot512(sbyte* row0, sbyte* row1, short* references, int length, int* sums)
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

        (sums[0], sums[1], sums[2], sums[3]) = (Vector512.Sum(a0), Vector512.Sum(a1), Vector512.Sum(a2), Vector512.Sum(a3));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector512.Sum(b0), Vector512.Sum(b1), Vector512.Sum(b2), Vector512.Sum(b3));
    }

    private static void Dot256(sbyte* row0, sbyte* row1, short* references, int length, int* sums)
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

        (sums[0], sums[1], sums[2], sums[3]) = (Vector256.Sum(a0), Vector256.Sum(a1), Vector256.Sum(a2), Vector256.Sum(a3));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector256.Sum(b0), Vector256.Sum(b1), Vector256.Sum(b2), Vector256.Sum(b3));
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
}
