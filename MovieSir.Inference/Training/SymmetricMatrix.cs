using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Training;

/// <summary>
/// Dense float32 kernels on the upper triangle of a symmetric matrix, stored whole and row-major with a side that is a multiple of
/// <see cref="Tile"/>. What stands below the diagonal is scratch: never read as part of the matrix, and overwritten.
/// </summary>
internal static unsafe class SymmetricMatrix
{
    /// <summary>Sides are padded to a multiple of this, so that no kernel has a remainder.</summary>
    public const int Tile = 16;

    private const int RowsPerTile = 4;

    public static int Padded(int dimension) => (dimension + Tile - 1) / Tile * Tile;

    /// <summary>matrix += scale · PᵀP over the upper triangle, where P is <paramref name="rows"/>: count × side.</summary>
    public static void AddGramian(Span<float> matrix, int side, ReadOnlySpan<float> rows, int count, float scale)
    {
        CheckSide(matrix, side);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, checked(count * side));
        fixed (float* target = matrix)
        fixed (float* panel = rows)
        {
            AddGramian(target, side, 0, panel, count, scale);
        }
    }

    /// <summary>Factors the matrix as UᵀU in place. False where it is not positive definite (or not finite).</summary>
    public static bool Cholesky(Span<float> matrix, int side)
    {
        CheckSide(matrix, side);
        fixed (float* a = matrix)
        {
            for (var block = 0; block < side; block += Tile)
            {
                for (var k = block; k < block + Tile; k++)
                {
                    var row = matrix.Slice(k * side, side);
                    var pivot = row[k];
                    if (!(pivot > 0f) || !float.IsFinite(pivot))
                    {
                        return false;
                    }

                    var tail = row[k..];
                    TensorPrimitives.Multiply(tail, 1f / MathF.Sqrt(pivot), tail);
                    for (var i = k + 1; i < block + Tile; i++)
                    {
                        var target = matrix[((i * side) + i)..((i + 1) * side)];
                        TensorPrimitives.MultiplyAdd(row[i..], -row[i], target, target);
                    }
                }

                AddGramian(a, side, block + Tile, a + (block * side), Tile, -1f);
            }
        }

        return true;
    }

    /// <summary>Solves UᵀU x = b in place, with U as <see cref="Cholesky"/> left it.</summary>
    public static void Solve(ReadOnlySpan<float> factor, int side, Span<float> vector)
    {
        vector = vector[..side];
        for (var k = 0; k < side; k++)
        {
            var value = vector[k] / factor[(k * side) + k];
            vector[k] = value;
            var tail = vector[(k + 1)..];
            TensorPrimitives.MultiplyAdd(factor[((k * side) + k + 1)..((k + 1) * side)], -value, tail, tail);
        }

        for (var k = side - 1; k >= 0; k--)
        {
            var dot = TensorPrimitives.Dot(factor[((k * side) + k + 1)..((k + 1) * side)], vector[(k + 1)..]);
            vector[k] = (vector[k] - dot) / factor[(k * side) + k];
        }
    }

    /// <summary>output = input · square, for count rows of width side. The matrices do not overlap.</summary>
    public static void Multiply(ReadOnlySpan<float> input, int count, ReadOnlySpan<float> square, int side, Span<float> output)
    {
        CheckSide(square, side);
        ArgumentOutOfRangeException.ThrowIfNotEqual(count % RowsPerTile, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Length, count * side);
        output[..(count * side)].Clear();
        fixed (float* left = input)
        fixed (float* right = square)
        fixed (float* target = output)
        {
            for (var i = 0; i < count; i += RowsPerTile)
            {
                for (var j = 0; j < side; j += Tile)
                {
                    AddTile(target + (i * side) + j, left + (i * side), side, 1, right + j, side, side, 1f);
                }
            }
        }
    }

    /// <summary>The trailing part from <paramref name="from"/> on.</summary>
    private static void AddGramian(float* matrix, int side, int from, float* panel, int count, float scale)
    {
        for (var i = from; i < side; i += RowsPerTile)
        {
            for (var j = i / Tile * Tile; j < side; j += Tile)
            {
                AddTile(matrix + (i * side) + j, panel + i, 1, side, panel + j, side, count, scale);
            }
        }
    }

    /// <summary>
    /// target (4 × 16) += scale · Σ_k left[·, k] ⊗ right[k, ·]. The sixteen sums stay in registers while both operands stream by.
    /// </summary>
    private static void AddTile(
        float* target, float* left, int leftRow, int leftStep, float* right, int side, int count, float scale)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        var left1 = left + leftRow;
        var left2 = left1 + leftRow;
        var left3 = left2 + leftRow;
        for (var k = 0; k < count; k++, right += side)
        {
            var near = Vector256.Load(right);
            var far = Vector256.Load(right + 8);
            var p0 = Vector256.Create(*left);
            s00 = Vector256.FusedMultiplyAdd(p0, near, s00);
            s01 = Vector256.FusedMultiplyAdd(p0, far, s01);
            var p1 = Vector256.Create(*left1);
            s10 = Vector256.FusedMultiplyAdd(p1, near, s10);
            s11 = Vector256.FusedMultiplyAdd(p1, far, s11);
            var p2 = Vector256.Create(*left2);
            s20 = Vector256.FusedMultiplyAdd(p2, near, s20);
            s21 = Vector256.FusedMultiplyAdd(p2, far, s21);
            var p3 = Vector256.Create(*left3);
            s30 = Vector256.FusedMultiplyAdd(p3, near, s30);
            s31 = Vector256.FusedMultiplyAdd(p3, far, s31);
            left += leftStep;
            left1 += leftStep;
            left2 += leftStep;
            left3 += leftStep;
        }

        var scales = Vector256.Create(scale);
        Add(target, s00, s01, scales);
        Add(target + side, s10, s11, scales);
        Add(target + (2 * side), s20, s21, scales);
        Add(target + (3 * side), s30, s31, scales);
    }

    private static void Add(float* target, Vector256<float> near, Vector256<float> far, Vector256<float> scales)
    {
        Vector256.FusedMultiplyAdd(near, scales, Vector256.Load(target)).Store(target);
        Vector256.FusedMultiplyAdd(far, scales, Vector256.Load(target + 8)).Store(target + 8);
    }

    private static void CheckSide(ReadOnlySpan<float> matrix, int side)
    {
        if (side <= 0 || side % Tile != 0 || matrix.Length < side * side)
        {
            throw new ArgumentException($"A matrix of {matrix.Length} values cannot have side {side}: sides are multiples of {Tile}.", nameof(side));
        }
    }
}
