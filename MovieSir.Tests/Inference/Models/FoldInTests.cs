using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class FoldInTests
{
    [Theory]
    [InlineData(8, 5)]
    [InlineData(16, 20)]
    [InlineData(100, 3)]
    [InlineData(128, 40)]
    public void User_vector_solves_the_weighted_normal_equations(int dimension, int profileLength)
    {
        const int Items = 5000;
        var random = new Random(7);
        var factors = RandomFactors(random, Items, dimension);
        var parameters = new IalsParameters { Dimension = dimension, UnobservedWeight = 0.2f, Regularization = 0.03f };
        var foldIn = new FoldIn(factors, Items, parameters);
        var items = Enumerable.Range(0, profileLength).Select(_ => random.Next(Items)).ToArray();
        var weights = new float[profileLength];
        FoldIn.RecencyWeights(weights, 0.5f);
        var user = new float[dimension];

        foldIn.Solve(items, weights, user, new float[foldIn.ScratchLength(profileLength)]);

        // The gradient of the user's loss, in float64 and written straight from the formula, must vanish.
        var gradient = new double[dimension];
        for (var item = 0; item < Items; item++)
        {
            AddScaled(gradient, 0.2 * Dot(user, factors, item), factors, item);
        }

        for (var k = 0; k < profileLength; k++)
        {
            AddScaled(gradient, weights[k] * (Dot(user, factors, items[k]) - 1), factors, items[k]);
        }

        var regularization = 0.03 * (weights.Sum() + (0.2 * Items));
        for (var d = 0; d < dimension; d++)
        {
            Assert.Equal(0, gradient[d] + (regularization * user[d]), 4e-4);
        }

        Assert.Contains(user, value => Math.Abs(value) > 1e-4);
    }

    [Fact]
    public void Scratch_content_and_unknown_items_do_not_change_the_user()
    {
        var factors = RandomFactors(new Random(3), 50, 24);
        factors.AsSpan(10 * 24, 24).Clear();
        var foldIn = new FoldIn(factors, 49, new IalsParameters { Dimension = 24, FrequencyExponent = 0f });
        var clean = new float[24];
        foldIn.Solve([1, 2], [1f, 0.5f], clean, new float[foldIn.ScratchLength(2)]);

        var dirty = new float[24];
        var scratch = new float[foldIn.ScratchLength(3)];
        scratch.AsSpan().Fill(float.NaN);
        foldIn.Solve([1, 2, 10], [1f, 0.5f, 1f], dirty, scratch);

        Assert.Equal(clean, dirty, (a, b) => Math.Abs(a - b) < 1e-7f);
    }

    [Fact]
    public void An_empty_profile_is_the_zero_vector()
    {
        var foldIn = new FoldIn(RandomFactors(new Random(3), 50, 24), 50, new IalsParameters { Dimension = 24 });
        var user = new float[24];
        user.AsSpan().Fill(1f);

        foldIn.Solve([], [], user, new float[foldIn.ScratchLength(0)]);

        Assert.All(user, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Solving_allocates_nothing()
    {
        var foldIn = new FoldIn(RandomFactors(new Random(3), 500, 128), 500, new IalsParameters());
        var user = new float[128];
        var scratch = new float[foldIn.ScratchLength(3)];
        int[] items = [5, 6, 7];
        float[] weights = [1f, 1f, 1f];
        foldIn.Solve(items, weights, user, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            foldIn.Solve(items, weights, user, scratch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Factors_that_are_not_finite_are_refused_with_a_reason()
    {
        var factors = RandomFactors(new Random(3), 50, 16);
        factors[33] = float.NaN;
        var foldIn = new FoldIn(factors, 50, new IalsParameters { Dimension = 16 });

        var error = Assert.Throws<ArithmeticException>(() => foldIn.Solve([1], [1f], new float[16], new float[foldIn.ScratchLength(1)]));
        Assert.Contains("not finite", error.Message);
    }

    [Fact]
    public void Newest_movie_weighs_one_and_older_ones_less()
    {
        var weights = new float[4];
        FoldIn.RecencyWeights(weights, 0.5f);

        Assert.Equal([0.5f, 0.57735026f, 0.70710677f, 1f], weights);
    }

    private static float[] RandomFactors(Random random, int items, int dimension)
    {
        var factors = new float[items * dimension];
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = (float)((random.NextDouble() - 0.5) / Math.Sqrt(dimension));
        }

        return factors;
    }

    private static double Dot(float[] user, float[] factors, int item)
    {
        var sum = 0.0;
        for (var d = 0; d < user.Length; d++)
        {
            sum += (double)user[d] * factors[(item * user.Length) + d];
        }

        return sum;
    }

    private static void AddScaled(double[] target, double scale, float[] factors, int item)
    {
        for (var d = 0; d < target.Length; d++)
        {
            target[d] += scale * factors[(item * target.Length) + d];
        }
    }
}
