using System.Diagnostics;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Learn;

/// <param name="Epoch">From 1.</param>
/// <param name="Loss">The loss of <see cref="IalsParameters"/> after the epoch.</param>
/// <param name="Elapsed">What the epoch took, its loss included.</param>
/// <param name="RatingsPerSecond">Positives gone through in a second; an epoch goes through each twice, once for users and once for items.</param>
internal readonly record struct IalsEpoch(int Epoch, double Loss, TimeSpan Elapsed, double RatingsPerSecond);

/// <summary>What training leaves: factors of items and users in one latent space, and the loss after each epoch.</summary>
/// <param name="ItemFactors">Row-major, items × dimension, in the order of <see cref="PositiveMatrix.MovieIds"/>.</param>
/// <param name="UserFactors">Row-major, users × dimension.</param>
/// <param name="Epochs">One an epoch.</param>
internal sealed record IalsModel(float[] ItemFactors, float[] UserFactors, IReadOnlyList<IalsEpoch> Epochs);

/// <summary>
/// Alternating least squares for implicit feedback: minimizes the loss of <see cref="IalsParameters"/> exactly over all users, then over all
/// items, in turn. The result depends on the data, the parameters and the seed only, not on the number of threads.
/// </summary>
/// <remarks>
/// Before each half-epoch both sides are rotated into the eigenbasis of the fixed side's Gramian, which changes no dot product. There the part of
/// every normal matrix that stands for unobserved pairs is diagonal, so a row with n &lt; d positives needs only an n × n system
/// (I + H D⁻¹ Hᵀ) y = 1, w = D⁻¹ Hᵀ y (Woodbury) in place of the d × d one: most users and nearly all items of a catalog's long tail.
/// </remarks>
internal sealed class IalsTrainer(IalsParameters parameters, int degreeOfParallelism)
{
    private const int RowsPerChunk = 16;
    private const int RowsPerBlock = 64;
    private const float InitialDeviation = 0.1f;

    private readonly int _dimension = parameters.Validated().Dimension;
    private readonly int _side = SymmetricMatrix.Padded(parameters.Dimension);

    /// <summary>N(0, 0.1²/d), as the paper starts from.</summary>
    public static float[] InitialItemFactors(int items, IalsParameters parameters)
    {
        var factors = new float[items * parameters.Dimension];
        var deviation = InitialDeviation / Math.Sqrt(parameters.Dimension);
        for (var item = 0; item < items; item++)
        {
            var random = SeededRandom.For(parameters.Seed, SeededRandom.Stream.ItemFactors, item);
            foreach (ref var value in factors.AsSpan(item * parameters.Dimension, parameters.Dimension))
            {
                value = (float)(random.NextNormal() * deviation);
            }
        }

        return factors;
    }

    /// <param name="positives">Who liked what.</param>
    /// <param name="progress">Is told after each epoch, on the calling thread.</param>
    /// <param name="cancellationToken">Ends training within a few rows' time.</param>
    /// <exception cref="ArithmeticException">Training has diverged: a parameter is far out of its useful range.</exception>
    public IalsModel Train(PositiveMatrix positives, IProgress<IalsEpoch>? progress = null, CancellationToken cancellationToken = default)
    {
        var (users, items) = (positives.ByUser.RowCount, positives.ByItem.RowCount);
        var userFactors = new float[checked(users * _side)];
        var itemFactors = Pad(InitialItemFactors(items, parameters));
        var itemGramian = Gramian.Of(itemFactors, _side, degreeOfParallelism, cancellationToken);
        var epochs = new List<IalsEpoch>();
        for (var epoch = 1; epoch <= parameters.Epochs; epoch++)
        {
            var started = Stopwatch.GetTimestamp();
            var userHalf = SolveRows(positives.ByUser, userFactors, itemFactors, itemGramian, cancellationToken);
            var userGramian = Gramian.Of(userFactors, _side, degreeOfParallelism, cancellationToken);
            var itemHalf = SolveRows(positives.ByItem, itemFactors, userFactors, userGramian, cancellationToken);
            itemGramian = Gramian.Of(itemFactors, _side, degreeOfParallelism, cancellationToken);

            // In the eigenbasis of the users' Gramian, α₀ tr(WᵀW HᵀH) needs the diagonals only.
            var loss = itemHalf.SquaredError + userHalf.Penalty + itemHalf.Penalty;
            for (var k = 0; k < _side; k++)
            {
                loss += itemHalf.UnobservedDiagonal[k] * itemGramian[(k * _side) + k];
            }

            if (!double.IsFinite(loss))
            {
                throw new ArithmeticException($"Training has diverged in epoch {epoch}: the loss is {loss}.");
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            epochs.Add(new IalsEpoch(epoch, loss, elapsed, positives.Count / elapsed.TotalSeconds));
            progress?.Report(epochs[^1]);
        }

        return new IalsModel(Unpad(itemFactors), Unpad(userFactors), epochs);
    }

    /// <summary>Solves every row of <paramref name="target"/> against <paramref name="other"/>, which it rotates into its eigenbasis.</summary>
    private HalfEpoch SolveRows(
        SparseRows positives, float[] target, float[] other, float[] otherGramian, CancellationToken cancellationToken)
    {
        var others = other.Length / _side;
        var floor = parameters.RegularizationOf(0, others);
        var basis = EigenBasis.Of(RegularizedGramian(otherGramian, floor), _side);
        Rotate(other, basis.Vectors, cancellationToken);

        var penalties = new double[positives.RowCount];
        var errors = new double[positives.RowCount];
        ForEachRow(
            positives.RowCount,
            () => new RowSolver(parameters, other, basis.Values, floor, _side),
            (solver, row) => (errors[row], penalties[row]) = solver.Solve(positives[row], target.AsSpan(row * _side, _side)),
            cancellationToken);
        return new HalfEpoch(errors.Sum(), penalties.Sum(), Array.ConvertAll(basis.Values, value => value - floor));
    }

    private double[] RegularizedGramian(float[] gramian, double regularization)
    {
        var matrix = new double[_side * _side];
        for (var i = 0; i < _side; i++)
        {
            for (var j = i; j < _side; j++)
            {
                matrix[(i * _side) + j] = matrix[(j * _side) + i] = (double)parameters.UnobservedWeight * gramian[(i * _side) + j];
            }

            matrix[(i * _side) + i] += regularization;
        }

        return matrix;
    }

    private void Rotate(float[] factors, float[] vectors, CancellationToken cancellationToken)
    {
        var blocks = (factors.Length / _side + RowsPerBlock - 1) / RowsPerBlock;
        ForEachRow(
            blocks,
            () => (Input: new float[RowsPerBlock * _side], Output: new float[RowsPerBlock * _side]),
            (buffer, block) =>
            {
                var start = block * RowsPerBlock * _side;
                var part = factors.AsSpan(start..Math.Min(start + (RowsPerBlock * _side), factors.Length));
                part.CopyTo(buffer.Input);
                SymmetricMatrix.Multiply(buffer.Input, RowsPerBlock, vectors, _side, buffer.Output);
                buffer.Output.AsSpan(0, part.Length).CopyTo(part);
            },
            cancellationToken);
    }

    /// <summary>Workers take chunks of rows as they become free; which worker takes which changes nothing in the result.</summary>
    private void ForEachRow<TScratch>(int rows, Func<TScratch> scratch, Action<TScratch, int> action, CancellationToken cancellationToken)
    {
        var next = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism };
        Parallel.For(0, degreeOfParallelism, options, _ =>
        {
            var mine = scratch();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = Interlocked.Add(ref next, RowsPerChunk) - RowsPerChunk;
                if (start >= rows)
                {
                    return;
                }

                for (var row = start; row < Math.Min(start + RowsPerChunk, rows); row++)
                {
                    action(mine, row);
                }
            }
        });
    }

    private float[] Pad(float[] factors) => Restride(factors, _dimension, _side);

    private float[] Unpad(float[] factors) => Restride(factors, _side, _dimension);

    private static float[] Restride(float[] factors, int from, int to)
    {
        if (from == to)
        {
            return factors;
        }

        var rows = factors.Length / from;
        var result = new float[checked(rows * to)];
        for (var row = 0; row < rows; row++)
        {
            factors.AsSpan(row * from, Math.Min(from, to)).CopyTo(result.AsSpan(row * to));
        }

        return result;
    }

    /// <param name="SquaredError">Σ over positives (⟨w, h⟩ − 1)².</param>
    /// <param name="Penalty">Σ over rows of regularization · ‖w‖².</param>
    /// <param name="UnobservedDiagonal">α₀ times the fixed side's Gramian, which is diagonal in its eigenbasis.</param>
    private readonly record struct HalfEpoch(double SquaredError, double Penalty, double[] UnobservedDiagonal);
}
