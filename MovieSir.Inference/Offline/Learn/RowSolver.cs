using System.Numerics.Tensors;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>
/// Solves one user or item against the other side, whose unobserved part is diagonal (see <see cref="IalsTrainer"/>). Holds scratch of a few
/// d × d matrices: one a thread.
/// </summary>
internal sealed class RowSolver
{
    private const int PanelRows = 256;

    private readonly IalsParameters _parameters;
    private readonly float[] _other;
    private readonly double[] _eigenvalues;
    private readonly float _floor;
    private readonly int _side;
    private readonly float[] _matrix;
    private readonly float[] _panel;
    private readonly float[] _transposed;
    private readonly float[] _scale;
    private readonly float[] _right;

    /// <param name="parameters">Of the model.</param>
    /// <param name="other">The fixed side in its eigenbasis, rows of <paramref name="side"/>.</param>
    /// <param name="eigenvalues">Of α₀ HᵀH + floor · I.</param>
    /// <param name="floor">Regularization of a row without positives.</param>
    /// <param name="side">Padded dimension.</param>
    public RowSolver(IalsParameters parameters, float[] other, double[] eigenvalues, float floor, int side)
    {
        (_parameters, _other, _eigenvalues, _floor, _side) = (parameters, other, eigenvalues, floor, side);
        _matrix = new float[side * side];
        _panel = new float[PanelRows * side];
        _transposed = new float[side * side];
        _scale = new float[side];
        _right = new float[side];
    }

    /// <summary>Writes the row's factors to <paramref name="target"/>.</summary>
    /// <returns>Σ (⟨w, h⟩ − 1)² over its positives, and its regularization · ‖w‖².</returns>
    public (double SquaredError, double Penalty) Solve(ReadOnlySpan<int> positives, Span<float> target)
    {
        if (positives.IsEmpty)
        {
            target.Clear();
            return (0, 0);
        }

        var regularization = _parameters.RegularizationOf(positives.Length, _other.Length / _side);
        var error = positives.Length < _side
            ? SolveDual(positives, regularization, target)
            : SolvePrimal(positives, regularization, target);
        return (error, regularization * (double)TensorPrimitives.SumOfSquares<float>(target));
    }

    private double SolveDual(ReadOnlySpan<int> positives, float regularization, Span<float> target)
    {
        var n = positives.Length;
        var width = SymmetricMatrix.Padded(n);
        for (var k = 0; k < _side; k++)
        {
            _scale[k] = (float)(1 / Math.Sqrt(_eigenvalues[k] + (regularization - _floor)));
        }

        var transposed = _transposed.AsSpan(0, _side * width);
        Transpose(positives, width, transposed);
        var matrix = _matrix.AsSpan(0, width * width);
        matrix.Clear();
        for (var j = 0; j < width; j++)
        {
            matrix[(j * width) + j] = 1f;
        }

        SymmetricMatrix.AddGramian(matrix, width, transposed, _side, 1f);
        var solution = _right.AsSpan(0, width);
        solution.Clear();
        solution[..n].Fill(1f);
        Solve(matrix, width, solution);
        for (var k = 0; k < _side; k++)
        {
            target[k] = _scale[k] * TensorPrimitives.Dot(transposed.Slice(k * width, width), solution);
        }

        // P Pᵀ y = 1 − y: what is left of each positive is −y.
        return TensorPrimitives.SumOfSquares<float>(solution);
    }

    /// <summary>
    /// P = H D^-½ by columns, so that P Pᵀ is the Gramian of a panel of d rows. A tile's rows are read side by side and written in sequence.
    /// </summary>
    private void Transpose(ReadOnlySpan<int> positives, int width, Span<float> transposed)
    {
        Span<int> starts = stackalloc int[SymmetricMatrix.Tile];
        for (var first = 0; first < width; first += SymmetricMatrix.Tile)
        {
            var count = Math.Min(SymmetricMatrix.Tile, positives.Length - first);
            for (var j = 0; j < count; j++)
            {
                starts[j] = positives[first + j] * _side;
            }

            for (var k = 0; k < _side; k++)
            {
                var scale = _scale[k];
                var column = transposed.Slice((k * width) + first, SymmetricMatrix.Tile);
                for (var j = 0; j < count; j++)
                {
                    column[j] = _other[starts[j] + k] * scale;
                }

                column[count..].Clear();
            }
        }
    }

    private double SolvePrimal(ReadOnlySpan<int> positives, float regularization, Span<float> target)
    {
        var matrix = _matrix.AsSpan();
        matrix.Clear();
        for (var k = 0; k < _side; k++)
        {
            matrix[(k * _side) + k] = (float)(_eigenvalues[k] + (regularization - _floor));
        }

        target.Clear();
        for (var first = 0; first < positives.Length; first += PanelRows)
        {
            var part = positives[first..Math.Min(first + PanelRows, positives.Length)];
            for (var j = 0; j < part.Length; j++)
            {
                var row = _other.AsSpan(part[j] * _side, _side);
                row.CopyTo(_panel.AsSpan(j * _side));
                TensorPrimitives.Add(target, row, target);
            }

            SymmetricMatrix.AddGramian(matrix, _side, _panel, part.Length, 1f);
        }

        Solve(matrix, _side, target);
        var error = 0.0;
        foreach (var other in positives)
        {
            var residual = TensorPrimitives.Dot(_other.AsSpan(other * _side, _side), target) - 1f;
            error += residual * residual;
        }

        return error;
    }

    private static void Solve(Span<float> matrix, int side, Span<float> vector)
    {
        if (!SymmetricMatrix.Cholesky(matrix, side))
        {
            throw new ArithmeticException(
                "Training has diverged: a normal matrix is not positive definite. Regularize more, or weigh the unobserved less.");
        }

        SymmetricMatrix.Solve(matrix, side, vector);
    }
}
