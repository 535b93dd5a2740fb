using System.Numerics.Tensors;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Tests.Inference.Numerics;

public sealed class QuantizedScoresTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(128)]
    [InlineData(1024)]
    public void The_largest_are_exact_and_the_others_are_near(int dimension)
    {
        const int Movies = 9001;
        var random = new Random(dimension);
        var factors = new FloatMatrix(Movies, dimension);
        foreach (ref var value in factors.All)
        {
            // Heavier tails than the normal distribution's, as trained factors have them.
            value = (float)(Math.Log(1 - random.NextDouble()) * (random.Next(2) - 0.5));
        }

        var model = new FactorModel("test", factors, [], Movies, new IalsParameters { Dimension = dimension });
        float[] user = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.4f)];
        int[] rows = [.. Enumerable.Range(0, Movies).Where(_ => random.Next(10) > 0)];
        var scores = new float[rows.Length];
        QuantizedScores.Read(model.Quantized, model.Factors, rows, user, scores);

        float[] exact = [.. rows.Select(row => TensorPrimitives.Dot<float>(factors.Row(row), user))];
        var deviation = Math.Sqrt(exact.Average(score => (double)score * score) - Math.Pow(exact.Average(score => (double)score), 2));
        var typical = Math.Sqrt(exact.Zip(scores, (e, s) => (double)(e - s) * (e - s)).Average()) / deviation;
        var best = TopValues.Select(exact, 500);
        output.WriteLine($"{dimension} factors: off by {typical:F4} of the spread; "
            + $"the best 500 are {best.Intersect(TopValues.Select(scores, 500)).Count()} of 500");
        Assert.All(best, place => Assert.Equal(exact[place], scores[place], 1e-4 * deviation));
        Assert.Equal(best, TopValues.Select(scores, 500));
        Assert.InRange(typical, 0, 0.03);
    }

    [Fact]
    public void A_viewer_without_taste_and_few_movies_are_scored_too()
    {
        var factors = new FloatMatrix(5000, 16);
        factors.All.Fill(0.5f);
        var model = new FactorModel("test", factors, [], 5000, new IalsParameters { Dimension = 16 });
        var scores = new float[5000];
        QuantizedScores.Read(model.Quantized, model.Factors, [.. Enumerable.Range(0, 5000)], new float[16], scores);
        Assert.All(scores, score => Assert.Equal(0f, score));

        float[] user = [.. Enumerable.Repeat(2f, 16)];
        foreach (var count in new[] { 0, 1, 63, 64, 65, 200, 5000 })
        {
            QuantizedScores.Read(model.Quantized, model.Factors, [.. Enumerable.Range(0, count)], user, scores.AsSpan(0, count));
            Assert.All(scores[..count], score => Assert.Equal(16f, score, 0.02));
        }
    }
}
