using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Tests.Inference.Catalog;

public sealed class SimilarityCacheTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Means_of_the_nearest_agree_with_plain_arithmetic(int columns)
    {
        const int Movies = 2345;
        var matrix = UnitVectors(Movies, columns, seed: columns);
        var random = new Random(columns);
        var cache = new SimilarityCache(new QuantizedMatrix(matrix), bytes: 1 << 20);
        int[] movies = [.. Enumerable.Range(0, Movies).Where(_ => random.Next(3) > 0)];
        var worst = 0f;
        foreach (var references in new int[][] { [3], [1, 4], [9, 2, 5], [8, 7, 6, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2344] })
        {
            foreach (var top in new[] { 1, 3, 20 })
            {
                var means = new float[movies.Length];
                cache.TopMean(movies, references, top, means);
                for (var i = 0; i < movies.Length; i++)
                {
                    var expected = references.Select(r => TensorPrimitives.Dot<float>(matrix.Row(movies[i]), matrix.Row(r))).OrderDescending()
                        .Take(top).Average();
                    worst = Math.Max(worst, Math.Abs(expected - means[i]));
                }
            }
        }

        output.WriteLine($"{columns} dimensions: off by at most {worst:F5}");
        Assert.InRange(worst, 0, columns < 100 ? 0.02 : 0.006);
    }

    [Fact]
    public void Quantizing_keeps_the_order_of_movies()
    {
        const int Movies = 4000;
        var matrix = UnitVectors(Movies, 512, seed: 5, clusters: 40);
        var cache = new SimilarityCache(new QuantizedMatrix(matrix), bytes: 1 << 20);
        int[] movies = [.. Enumerable.Range(0, Movies)];
        int[] profile = [17, 203, 999, 1500, 2020, 2500, 3001, 3333, 3600, 3999];
        var (quantized, exact) = (new float[Movies], new float[Movies]);
        cache.TopMean(movies, profile, 3, quantized);
        foreach (var movie in movies)
        {
            exact[movie] = profile.Select(r => TensorPrimitives.Dot<float>(matrix.Row(movie), matrix.Row(r))).OrderDescending().Take(3).Average();
        }

        var shared = TopValues.Select(exact, 100).Intersect(TopValues.Select(quantized, 100)).Count();
        var correlation = TensorPrimitives.CosineSimilarity<float>(Centered(exact), Centered(quantized));
        output.WriteLine($"{shared} of the best 100 are the same; correlation {correlation:F6}");
        Assert.InRange(shared, 95, 100);
        Assert.InRange(correlation, 0.9995, 1.0001);
    }

    [Fact]
    public void What_is_kept_stays_within_its_bound_and_changes_no_answer()
    {
        const int Movies = 500;
        var quantized = new QuantizedMatrix(UnitVectors(Movies, 64, seed: 1));
        var small = new SimilarityCache(quantized, bytes: 10 * 2 * Movies);
        var large = new SimilarityCache(quantized, bytes: 1 << 20);
        Assert.Equal(10, small.Capacity);
        Assert.Equal(Movies, large.Capacity);
        int[] movies = [.. Enumerable.Range(0, Movies)];
        large.Warm(movies);
        var made = large.Misses;

        Parallel.For(0, 400, call =>
        {
            var random = new Random(call);
            int[] references = [.. Enumerable.Range(0, 12).Select(_ => random.Next(Movies)).Distinct()];
            var (a, b) = (new float[Movies], new float[Movies]);
            small.TopMean(movies, references, 3, a);
            large.TopMean(movies, references, 3, b);
            Assert.Equal(b, a);
        });

        Assert.Equal(made, large.Misses);
        Assert.Equal(10, small.Count);
        output.WriteLine($"{small.Misses} columns made for 400 calls by a cache of {small.Capacity}");
    }

    [Fact]
    public void Movies_that_are_asked_for_again_and_again_are_kept()
    {
        const int Movies = 400;
        var cache = new SimilarityCache(new QuantizedMatrix(UnitVectors(Movies, 64, seed: 1)), bytes: 40 * 2 * Movies);
        int[] movies = [.. Enumerable.Range(0, Movies)];
        cache.Warm(movies);
        var means = new float[Movies];
        var random = new Random(9);
        // Of thirty movies from the end, which were not warmed, five a call; and one that nobody else names.
        for (var call = 0; call < 2000; call++)
        {
            int[] references = [.. Enumerable.Range(0, 5).Select(_ => Movies - 1 - random.Next(30)).Append(random.Next(Movies - 30)).Distinct()];
            cache.TopMean(movies, references, 3, means);
        }

        output.WriteLine($"{cache.Misses} columns made for some 11,000 movies named, 2,000 of them by one call alone");
        Assert.InRange(cache.Misses, 40, 3_200);
    }

    private static float[] Centered(float[] values) => [.. values.Select(value => value - values.Average())];

    private static FloatMatrix UnitVectors(int rows, int columns, int seed, int clusters = 0)
    {
        var random = new Random(seed);
        var matrix = new FloatMatrix(rows, columns);
        var centers = new float[Math.Max(1, clusters) * columns];
        for (var i = 0; clusters > 0 && i < centers.Length; i++)
        {
            centers[i] = random.NextSingle() - 0.5f;
        }

        for (var row = 0; row < rows; row++)
        {
            var vector = matrix.Row(row);
            var center = random.Next(Math.Max(1, clusters)) * columns;
            for (var k = 0; k < columns; k++)
            {
                vector[k] = centers[center + k] + random.NextSingle() - 0.5f;
            }

            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return matrix;
    }
}
