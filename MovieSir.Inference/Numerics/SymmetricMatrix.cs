using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Numerics;

/// <summary>
/// Dense float32 kernels on the upper triangle of a symmetric matrix, stored whole and row-major with a side that is a multiple of
/// <see cref="Tile"/>. What stands below the diagonal is scratch: never read as part of the matrix, and overwritten.
/// </summary>
internal static unsafe class SymmetricMatrix
{
    /// <summary>Sides are padded to a multiple of this, so that no kernel has a remainder.</summary>
    public const int Tile = 16;

    private const int RowsPerTile = 8;

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
                // A panel of rows is finished, from the block's first column on: what this does below the diagonal is scratch.
                for (var k = block; k < block + Tile; k++)
                {
                    var row = a + (k * side);
                    var pivot = row[k];
                    if (!(pivot > 0f) || !float.IsFinite(pivot))
                    {
                        return false;
                    }

                    var scale = Vector256.Create(1f / MathF.Sqrt(pivot));
                    for (var j = block; j < side; j += Vector256<float>.Count)
                    {
                        (Vector256.Load(row + j) * scale).Store(row + j);
                    }

                    for (var i = k + 1; i < block + Tile; i++)
                    {
                        var target = a + (i * side);
                        var factor = Vector256.Create(-row[i]);
                        for (var j = block; j < side; j += Vector256<float>.Count)
                        {
                            Vector256.FusedMultiplyAdd(factor, Vector256.Load(row + j), Vector256.Load(target + j)).Store(target + j);
                        }
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
        CheckSide(factor, side);
        ArgumentOutOfRangeException.ThrowIfLessThan(vector.Length, side);
        fixed (float* u = factor)
        fixed (float* x = vector)
        {
            for (var block = 0; block < side; block += Tile)
            {
                for (var k = block; k < block + Tile; k++)
                {
                    var row = u + (k * side);
                    x[k] /= row[k];
                    for (var i = k + 1; i < block + Tile; i++)
                    {
                        x[i] -= x[k] * row[i];
                    }
                }

                for (var j = block + Tile; j < side; j += Vector256<float>.Count)
                {
                    var sum = Vector256.Load(x + j);
                    for (var k = block; k < block + Tile; k++)
                    {
                        sum = Vector256.FusedMultiplyAdd(Vector256.Create(-x[k]), Vector256.Load(u + (k * side) + j), sum);
                    }

                    sum.Store(x + j);
                }
            }

            for (var block = side - Tile; block >= 0; block -= Tile)
            {
                for (var k = block + Tile - 1; k >= block; k--)
                {
                    var row = u + (k * side);
                    var sum = Vector256<float>.Zero;
                    for (var j = block + Tile; j < side; j += Vector256<float>.Count)
                    {
                        sum = Vector256.FusedMultiplyAdd(Vector256.Load(row + j), Vector256.Load(x + j), sum);
                    }

                    var rest = x[k] - Vector256.Sum(sum);
                    for (var i = k + 1; i < block + Tile; i++)
                    {
                        rest -= row[i] * x[i];
                    }

                    x[k] = rest / row[k];
                }
            }
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
    /// target (8 × 16) += scale · Σ_k left[·, k] ⊗ right[k, ·]. The sums stay in registers while both operands stream by: eight of 512 bits where the
    /// processor has them, or else eight of 256 bits for one half and then the other.
    /// </summary>
    private static void AddTile(
        float* target, float* left, int leftRow, int leftStep, float* right, int side, int count, float scale)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddWideTile(target, left, leftRow, leftStep, right, side, count, scale);
        }
        else
        {
            AddHalfTile(target, left, leftRow, leftStep, right, side, count, scale);
            AddHalfTile(target + (4 * side), left + (4 * leftRow), leftRow, leftStep, right, side, count, scale);
        }
    }

    private static void AddWideTile(
        float* target, float* left, int leftRow, int leftStep, float* right, int side, int count, float scale)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        var left4 = left + (4 * leftRow);
        for (var k = 0; k < count; k++, right += side, left += leftStep, left4 += leftStep)
        {
            var row = Vector512.Load(right);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(*left), row, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(left[leftRow]), row, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(left[2 * leftRow]), row, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(left[3 * leftRow]), row, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(*left4), row, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(left4[leftRow]), row, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(left4[2 * leftRow]), row, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(left4[3 * leftRow]), row, s7);
        }

        var scales = Vector512.Create(scale);
        Add(target, s0, scales);
        Add(target + side, s1, scales);
        Add(target + (2 * side), s2, scales);
        Add(target + (3 * side), s3, scales);
        Add(target + (4 * side), s4, scales);
        Add(target + (5 * side), s5, scales);
        Add(target + (6 * side), s6, scales);
        Add(target + (7 * side), s7, scales);
    }

    private static void AddHalfTile(
        float* target, float* left, int leftRow, int leftStep, float* right, int side, int count, float scale)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        for (var k = 0; k < count; k++, right += side, left += leftStep)
        {
            var near = Vector256.Load(right);
            var far = Vector256.Load(right + 8);
            var p0 = Vector256.Create(*left);
            s00 = Vector256.FusedMultiplyAdd(p0, near, s00);
            s01 = Vector256.FusedMultiplyAdd(p0, far, s01);
            var p1 = Vector256.Create(left[leftRow]);
            s10 = Vector256.FusedMultiplyAdd(p1, near, s10);
            s11 = Vector256.FusedMultiplyAdd(p1, far, s11);
            var p2 = Vector256.Create(left[2 * leftRow]);
            s20 = Vector256.FusedMultiplyAdd(p2, near, s20);
            s21 = Vector256.FusedMultiplyAdd(p2, far, s21);
            var p3 = Vector256.Create(left[3 * leftRow]);
            s30 = Vector256.FusedMultiplyAdd(p3, near, s30);
            s31 = Vector256.FusedMultiplyAdd(p3, far, s31);
        }

        var scales = Vector256.Create(scale);
        Add(target, s00, s01, scales);
        Add(target + side, s10, s11, scales);
        Add(target + (2 * side), s20, s21, scales);
        Add(target + (3 * side), s30, s31, scales);
    }

    private static void Add(float* target, Vector512<float> sum, Vector512<float> scales) =>
        Vector512.FusedMultiplyAdd(sum, scales, Vector512.Load(target)).Store(target);

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
