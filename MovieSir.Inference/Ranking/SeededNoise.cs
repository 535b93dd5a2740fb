using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Ranking;

/// <summary>Noise that depends on nothing but a seed and a film: the same for any order of candidates, any track and any thread.</summary>
internal static class SeededNoise
{
    private const int Block = 128;
    private static readonly float UniformRange = 2f * MathF.Sqrt(3f);

    /// <summary>values[i] += deviation × uniform noise of mean 0 and standard deviation 1, by seed and film.</summary>
    /// <param name="values">One a row.</param>
    /// <param name="rows">Rows of a snapshot.</param>
    /// <param name="movieIds">The snapshot's column of ids.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="deviation">Standard deviation.</param>
    public static void Add(Span<float> values, ReadOnlySpan<int> rows, int[] movieIds, long seed, float deviation)
    {
        Span<ulong> hashes = stackalloc ulong[Block];
        var scale = UniformRange * deviation;
        for (var start = 0; start < values.Length; start += Block)
        {
            var count = Math.Min(Block, values.Length - start);
            for (var i = 0; i < count; i++)
            {
                hashes[i] = (ulong)seed + ((ulong)(uint)movieIds[rows[start + i]] * 0x9E37_79B9_7F4A_7C15UL);
            }

            // Whole vectors: what stands behind the last film is hashed for nothing.
            for (var i = 0; i < count; i += Vector512<ulong>.Count)
            {
                Mix(Vector512.LoadUnsafe(ref hashes[i])).StoreUnsafe(ref hashes[i]);
            }

            for (var i = 0; i < count; i++)
            {
                // 24 bits are what a float holds exactly.
                values[start + i] += (((hashes[i] >> 40) * (1f / (1 << 24))) - 0.5f) * scale;
            }
        }
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), twice.</summary>
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
