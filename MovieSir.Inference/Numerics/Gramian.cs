namespace MovieSir.Inference.Numerics;

/// <summary>HᵀH of a tall factor matrix.</summary>
internal static class Gramian
{
    /// <summary>
    /// Rows that one task sums in float32 before its result is added to the whole in float64. Fixed, and the results are added in order: the sum
    /// depends on neither the number of threads nor their timing, and its error does not grow with the number of rows.
    /// </summary>
    private const int RowsPerBlock = 2048;

    /// <param name="factors">Row-major, n × <paramref name="dimension"/>.</param>
    /// <param name="dimension">Columns of the factors.</param>
    /// <param name="degreeOfParallelism">Threads to use.</param>
    /// <param name="cancellationToken">Ends the sum between blocks.</param>
    /// <returns>A <see cref="SymmetricMatrix"/> whose side is the dimension padded with zeros.</returns>
    public static float[] Of(
        ReadOnlyMemory<float> factors, int dimension, int degreeOfParallelism, CancellationToken cancellationToken = default)
    {
        var side = SymmetricMatrix.Padded(dimension);
        var rowCount = factors.Length / dimension;
        var blocks = (rowCount + RowsPerBlock - 1) / RowsPerBlock;
        var sum = new double[side * side];
        var wave = Math.Clamp(blocks, 1, degreeOfParallelism);
        var slots = Enumerable.Range(0, wave).Select(_ => new Slot(dimension, side)).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        for (var first = 0; first < blocks; first += wave)
        {
            var firstOfWave = first;
            var inWave = Math.Min(wave, blocks - first);
            Parallel.For(0, inWave, options, slot =>
            {
                var start = (firstOfWave + slot) * RowsPerBlock;
                var count = Math.Min(RowsPerBlock, rowCount - start);
                slots[slot].Sum(factors.Span.Slice(start * dimension, count * dimension), count);
            });
            foreach (var slot in slots.AsSpan(0, inWave))
            {
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += slot.Gramian[i];
                }
            }
        }

        return Array.ConvertAll(sum, value => (float)value);
    }

    private sealed class Slot(int dimension, int side)
    {
        private readonly float[] _padded = side == dimension ? [] : new float[RowsPerBlock * side];

        public float[] Gramian { get; } = new float[side * side];

        public void Sum(ReadOnlySpan<float> rows, int count)
        {
            if (side != dimension)
            {
                for (var row = 0; row < count; row++)
                {
                    rows.Slice(row * dimension, dimension).CopyTo(_padded.AsSpan(row * side));
                }

                rows = _padded;
            }

            Array.Clear(Gramian);
            SymmetricMatrix.AddGramian(Gramian, side, rows, count, 1f);
        }
    }
}
