using MovieSir.Inference.Numerics;

namespace MovieSir.Tests.Inference.Numerics;

public sealed class QuantizedKernelTests
{
    [Theory]
    [InlineData(3, 40, 2)]
    [InlineData(1030, 512, 1)]
    // Long enough to be shared.
    [InlineData(6501, 512, 21)]
    public void Cosines_are_the_exact_ones_however_many_threads_share_the_work(int rows, int columns, int references)
    {
        var matrix = new QuantizedMatrix(Random(rows, columns));
        int[] movies = [.. Enumerable.Range(0, references).Select(k => (k * 101) % rows)];
        foreach (var threads in new[] { 1, 4 })
        {
            short[][] outputs = [.. movies.Select(_ => new short[rows + 3])];
            QuantizedKernel.Cosines(matrix, movies, outputs, threads);
            for (var k = 0; k < references; k++)
            {
                var reference = matrix.Scales[movies[k]] * QuantizedKernel.One;
                short[] expected = [.. Enumerable.Range(0, rows)
                    .Select(row => Cosine(Product(matrix, row, movies[k]) * (matrix.Scales[row] * reference)))];
                Assert.Equal(expected, outputs[k][..rows]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(1001)]
    public void Products_with_a_vector_are_those_of_its_rounded_values(int movies)
    {
        var matrix = new QuantizedMatrix(Random(1500, 128));
        var vector = Random(1, 128).Row(0).ToArray();
        // The kernel's own scale: the largest value is written as 16,000.
        var scale = vector.Max(Math.Abs) / 16_000f;
        int[] rows = [.. Enumerable.Range(0, movies).Select(i => (i * 7) % 1500)];
        var products = new float[movies];
        QuantizedKernel.Dot(matrix, rows, vector, products);
        for (var i = 0; i < movies; i++)
        {
            var sum = 0;
            for (var k = 0; k < vector.Length; k++)
            {
                sum += matrix.Row(rows[i])[k] * (int)MathF.Round(vector[k] / scale);
            }

            Assert.Equal(sum * (matrix.Scales[rows[i]] * scale), products[i]);
        }
    }

    private static short Cosine(float scaled) => (short)MathF.Round(Math.Clamp(scaled, -QuantizedKernel.One, QuantizedKernel.One));

    private static int Product(QuantizedMatrix matrix, int left, int right)
    {
        var sum = 0;
        for (var k = 0; k < matrix.Stride; k++)
        {
            sum += matrix.Row(left)[k] * matrix.Row(right)[k];
        }

        return sum;
    }

    // Of length 1 or thereabouts, and of both signs.
    private static FloatMatrix Random(int rows, int columns)
    {
        var random = new Random(rows + columns);
        var matrix = new FloatMatrix(rows, columns);
        foreach (ref var value in matrix.All)
        {
            value = (random.NextSingle() - 0.5f) * 3.4f / MathF.Sqrt(columns);
        }

        return matrix;
    }
}
