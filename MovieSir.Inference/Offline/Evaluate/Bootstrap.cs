using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Evaluate;

/// <summary>A mean and the interval that holds 95 % of the means of resampled users.</summary>
internal readonly record struct Estimate(double Mean, double Low, double High);

/// <summary>
/// The percentile bootstrap over users (Efron 1979). The same seed draws the same users for every method, so differences are paired.
/// </summary>
internal sealed class Bootstrap
{
    private const double Tail = 0.025;

    private readonly int[][] _draws;

    /// <param name="users">Number of users.</param>
    /// <param name="resamples">Number of draws of as many users, with replacement.</param>
    /// <param name="seed">The same seed gives the same draws.</param>
    public Bootstrap(int users, int resamples, int seed)
    {
        _draws = new int[resamples][];
        for (var i = 0; i < resamples; i++)
        {
            var random = SeededRandom.For(seed, SeededRandom.Stream.Bootstrap, i);
            _draws[i] = new int[users];
            foreach (ref var user in _draws[i].AsSpan())
            {
                user = random.NextInt(0, users);
            }
        }
    }

    public Estimate Mean(IReadOnlyList<double> values)
    {
        var means = Array.ConvertAll(_draws, draw =>
        {
            var sum = 0.0;
            foreach (var user in draw)
            {
                sum += values[user];
            }

            return sum / draw.Length;
        });
        Array.Sort(means);
        return new Estimate(values.Average(), Quantile(means, Tail), Quantile(means, 1 - Tail));
    }

    /// <summary>The mean difference, user by user: an interval above zero says that the first is better.</summary>
    public Estimate Difference(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Mean([.. first.Zip(second, (a, b) => a - b)]);

    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1), MidpointRounding.ToEven)];
}
