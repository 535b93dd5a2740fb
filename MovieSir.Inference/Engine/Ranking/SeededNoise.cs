using System.Runtime.Intrinsics;
using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>Noise that depends on nothing but a seed and a movie: the same for any order of candidates, any track and any thread.</summary>
internal static class SeededNoise
{
    private const int Block = 128;

    /// <summary>
    /// Uniform noise from −1 up to 1, by seed and movie. Movies of one series have the same, so that it does not change which is the best of them.
    /// </summary>
    /// <param name="noise">Receives one number a row.</param>
    /// <param name="rows">Rows of a snapshot.</param>
    /// <param name="movieIds">The snapshot's column of ids.</param>
    /// <param name="series">The snapshot's column of series.</param>
    /// <param name="seed">Any number.</param>
    public static void Fill(Span<float> noise, ReadOnlySpan<Row> rows, int[] movieIds, int[] series, long seed)
    {
        Span<ulong> hashes = stackalloc ulong[Block];
        for (var start = 0; start < noise.Length; start += Block)
        {
            var count = Math.Min(Block, noise.Length - start);
            for (var i = 0; i < count; i++)
            {
                var row = rows[start + i].Index;
                // Ids are positive: the complement of a series' number is no movie's.
                var key = series[row] < 0 ? movieIds[row] : ~series[row];
                hashes[i] = (ulong)seed + ((ulong)(uint)key * 0x9E37_79B9_7F4A_7C15UL);
            }

            // Whole vectors: the last one may hash a few numbers that nobody reads.
            for (var i = 0; i < count; i += Vector512<ulong>.Count)
            {
                Mix(Vector512.LoadUnsafe(ref hashes[i])).StoreUnsafe(ref hashes[i]);
            }

            for (var i = 0; i < count; i++)
            {
                // 24 bits are what a float holds exactly.
                noise[start + i] = ((hashes[i] >> 40) * (1f / (1 << 23))) - 1f;
            }
        }
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), twice.</summary>
    private static Vector512<ulong> Mix(Vector512<ulong> z)
    {
        for (var round = 0; round < 2; round++)
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
            z ^= z >> 31;
        }

        return z;
    }
}
