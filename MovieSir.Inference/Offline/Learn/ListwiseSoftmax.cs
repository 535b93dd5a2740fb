using System.Numerics.Tensors;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>One viewer's list: the movies that could be shown, and which of them they went on to like.</summary>
/// <param name="Features">Row-major, movies × features.</param>
/// <param name="Targets">Rows of the movies that were liked, at least one.</param>
internal sealed record RankedList(float[] Features, int[] Targets);

/// <summary>
/// Weights of a linear ranking by maximum likelihood: each target is drawn from its list with probability softmax(w · x) (the listwise loss of Cao et
/// al., "Learning to Rank", ICML 2007, with one draw a target). The loss is convex; Newton's method finds its minimum in a few steps, always the
/// same.
/// </summary>
internal static class ListwiseSoftmax
{
    private const int MaximumSteps = 50;
    private const double Regularization = 1e-3;
    private const double Settled = 1e-6;

    /// <param name="lists">At least one.</param>
    /// <param name="features">Columns of the features.</param>
    /// <param name="degreeOfParallelism">Threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends it between steps.</param>
    /// <returns>One weight a feature.</returns>
    public static double[] Fit(IReadOnlyList<RankedList> lists, int features, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        var weights = new double[features];
        var current = Evaluate(lists, weights, degreeOfParallelism, cancellationToken);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var direction = Solve(current.Hessian, current.Gradient);
            var length = 1.0;
            double[] moved;
            Loss next;
            do
            {
                moved = [.. weights.Zip(direction, (weight, change) => weight - (length * change))];
                next = Evaluate(lists, moved, degreeOfParallelism, cancellationToken);
                length /= 2;
            }
            while (next.Value > current.Value && length > Settled);

            if (next.Value >= current.Value - Settled)
            {
                break;
            }

            (weights, current) = (moved, next);
        }

        return weights;
    }

    private static Loss Evaluate(IReadOnlyList<RankedList> lists, double[] weights, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        var features = weights.Length;
        var parts = new Loss[lists.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, lists.Count, options, i => parts[i] = EvaluateList(lists[i], weights));
        var sum = new Loss(Regularization * TensorPrimitives.SumOfSquares<double>(weights), new double[features], new double[features * features]);
        for (var k = 0; k < features; k++)
        {
            sum.Gradient[k] = 2 * Regularization * weights[k];
            sum.Hessian[(k * features) + k] = 2 * Regularization;
        }

        // In order, so that rounding does not depend on threads.
        foreach (var part in parts)
        {
            sum = sum with { Value = sum.Value + (part.Value / lists.Count) };
            TensorPrimitives.MultiplyAdd(part.Gradient, 1.0 / lists.Count, sum.Gradient, sum.Gradient);
            TensorPrimitives.MultiplyAdd(part.Hessian, 1.0 / lists.Count, sum.Hessian, sum.Hessian);
        }

        return sum;
    }

    /// <summary>Mean over a list's targets: a viewer of many likes weighs as one of few.</summary>
    private static Loss EvaluateList(RankedList list, double[] weights)
    {
        var features = weights.Length;
        var movies = list.Features.Length / features;
        var probability = new double[movies];
        for (var movie = 0; movie < movies; movie++)
        {
            for (var k = 0; k < features; k++)
            {
                probability[movie] += weights[k] * list.Features[(movie * features) + k];
            }
        }

        var largest = TensorPrimitives.Max<double>(probability);
        var targets = Array.ConvertAll(list.Targets, movie => probability[movie]);
        TensorPrimitives.Subtract(probability, largest, probability);
        TensorPrimitives.Exp<double>(probability, probability);
        var normalizer = TensorPrimitives.Sum<double>(probability);
        TensorPrimitives.Divide(probability, normalizer, probability);

        var (mean, hessian) = (new double[features], new double[features * features]);
        for (var movie = 0; movie < movies; movie++)
        {
            var row = list.Features.AsSpan(movie * features, features);
            for (var k = 0; k < features; k++)
            {
                var weighted = probability[movie] * row[k];
                mean[k] += weighted;
                for (var other = 0; other < features; other++)
                {
                    hessian[(k * features) + other] += weighted * row[other];
                }
            }
        }

        var gradient = (double[])mean.Clone();
        for (var k = 0; k < features; k++)
        {
            foreach (var movie in list.Targets)
            {
                gradient[k] -= (double)list.Features[(movie * features) + k] / list.Targets.Length;
            }

            for (var other = 0; other < features; other++)
            {
                hessian[(k * features) + other] -= mean[k] * mean[other];
            }
        }

        return new Loss(largest + Math.Log(normalizer) - targets.Average(), gradient, hessian);
    }

    /// <summary>Cholesky; the Hessian is positive definite by its regularization.</summary>
    private static double[] Solve(double[] matrix, double[] right)
    {
        var side = right.Length;
        var factor = (double[])matrix.Clone();
        var solution = (double[])right.Clone();
        for (var i = 0; i < side; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = factor[(i * side) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * side) + k] * factor[(j * side) + k];
                }

                factor[(i * side) + j] = i == j ? Math.Sqrt(sum) : sum / factor[(j * side) + j];
            }
        }

        for (var i = 0; i < side; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solution[i] -= factor[(i * side) + k] * solution[k];
            }

            solution[i] /= factor[(i * side) + i];
        }

        for (var i = side - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < side; k++)
            {
                solution[i] -= factor[(k * side) + i] * solution[k];
            }

            solution[i] /= factor[(i * side) + i];
        }

        return solution;
    }

    private sealed record Loss(double Value, double[] Gradient, double[] Hessian);
}
