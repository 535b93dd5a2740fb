using System.Numerics.Tensors;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Ranking;

namespace MovieSir.Tests.Engine;

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
        const int Films = 2345;
        var matrix = UnitVectors(Films, columns, seed: columns);
        var random = new Random(columns);
        var cache = new SimilarityCache(new QuantisedMatrix(matrix), bytes: 1 << 20);
        int[] films = [.. Enumerable.Range(0, Films).Where(_ => random.Next(3) > 0)];
        var worst = 0f;
        foreach (var references in new int[][] { [3], [1, 4], [9, 2, 5], [8, 7, 6, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2344] })
        {
            foreach (var top in new[] { 1, 3, 20 })
            {
                var means = new float[films.Length];
                cache.TopMean(films, references, top, means);
                for (var i = 0; i < films.Length; i++)
                {
                    var expected = references.Select(r => TensorPrimitives.Dot<float>(matrix.Row(films[i]), matrix.Row(r))).OrderDescending().Take(top).Average();
                    worst = Math.Max(worst, Math.Abs(expected - means[i]));
                }
            }
        }

        output.WriteLine($"{columns} dimensions: off by at most {worst:F5}");
        Assert.InRange(worst, 0, columns < 100 ? 0.02 : 0.006);
    }

    [Fact]
    public void Quantising_keeps_the_order_of_films()
    {
        const int Films = 4000;
        var matrix = UnitVectors(Films, 512, seed: 5, clusters: 40);
        var cache = new SimilarityCache(new QuantisedMatrix(matrix), bytes: 1 << 20);
        int[] films = [.. Enumerable.Range(0, Films)];
        int[] profile = [17, 203, 999, 1500, 2020, 2500, 3001, 3333, 3600, 3999];
        var (quantised, exact) = (new float[Films], new float[Films]);
        cache.TopMean(films, profile, 3, quantised);
        foreach (var film in films)
        {
            exact[film] = profile.Select(r => TensorPrimitives.Dot<float>(matrix.Row(film), matrix.Row(r))).OrderDescending().Take(3).Average();
        }

        var shared = TopFilms.Select(exact, 100).Intersect(TopFilms.Select(quantised, 100)).Count();
        var correlation = TensorPrimitives.CosineSimilarity<float>(Centred(exact), Centred(quantised));
        output.WriteLine($"{shared} of the best 100 are the same; correlation {correlation:F6}");
        Assert.InRange(shared, 95, 100);
        Assert.InRange(correlation, 0.9995, 1.0001);
    }

    [Fact]
    public void What_is_kept_stays_within_its_bound_and_changes_no_answer()
    {
        const int Films = 500;
        var quantised = new QuantisedMatrix(UnitVectors(Films, 64, seed: 1));
        var small = new SimilarityCache(quantised, bytes: 10 * 2 * Films);
        var large = new SimilarityCache(quantised, bytes: 1 << 20);
        Assert.Equal(10, small.Capacity);
        Assert.Equal(Films, large.Capacity);
        int[] films = [.. Enumerable.Range(0, Films)];
        large.Warm(films);
        var made = large.Misses;

        Parallel.For(0, 400, call =>
        {
            var random = new Random(call);
            int[] references = [.. Enumerable.Range(0, 12).Select(_ => random.Next(Films)).Distinct()];
            var (a, b) = (new float[Films], new float[Films]);
            small.TopMean(films, references, 3, a);
            large.TopMean(films, references, 3, b);
            Assert.Equal(b, a);
        });

        Assert.Equal(made, large.Misses);
        Assert.Equal(10, small.Count);
        output.WriteLine($"{small.Misses} columns made for 400 calls by a cache of {small.Capacity}");
    }

    [Fact]
    public void Films_that_are_asked_for_again_and_again_are_kept()
    {
        const int Films = 400;
        var cache = new SimilarityCache(new QuantisedMatrix(UnitVectors(Films, 64, seed: 1)), bytes: 40 * 2 * Films);
        int[] films = [.. Enumerable.Range(0, Films)];
        cache.Warm(films);
        var means = new float[Films];
        var random = new Random(9);
        // Of thirty films from the end, which were not warmed, five a call; and one that nobody else names.
        for (var call = 0; call < 2000; call++)
        {
            int[] references = [.. Enumerable.Range(0, 5).Select(_ => Films - 1 - random.Next(30)).Append(random.Next(Films - 30)).Distinct()];
            cache.TopMean(films, references, 3, means);
        }

        output.WriteLine($"{cache.Misses} columns made for some 11,000 films named, 2,000 of them by one call alone");
        Assert.InRange(cache.Misses, 40, 3_200);
    }

    private static float[] Centred(float[] values) => [.. values.Select(value => value - values.Average())];

    private static FloatMatrix UnitVectors(int rows, int columns, int seed, int clusters = 0)
    {
        var random = new Random(seed);
        var matrix = new FloatMatrix(rows, columns);
        var centres = new float[Math.Max(1, clusters) * columns];
        for (var i = 0; clusters > 0 && i < centres.Length; i++)
        {
            centres[i] = random.NextSingle() - 0.5f;
        }

        for (var row = 0; row < rows; row++)
        {
            var vector = matrix.Row(row);
            var centre = random.Next(Math.Max(1, clusters)) * columns;
            for (var k = 0; k < columns; k++)
            {
                vector[k] = centres[centre + k] + random.NextSingle() - 0.5f;
            }

            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return matrix;
    }
}
