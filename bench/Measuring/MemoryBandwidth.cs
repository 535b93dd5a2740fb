using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace MovieSir.Bench.Measuring;

/// <summary>How fast this machine reads memory that no cache holds: the floor under anything that must look at each movie.</summary>
internal static class MemoryBandwidth
{
    private const int Bytes = 512 << 20;
    private const int Rounds = 7;

    /// <returns>Bytes a second, the best of several rounds.</returns>
    public static double Read(int threads)
    {
        var blocks = Enumerable.Range(0, threads).Select(_ => GC.AllocateUninitializedArray<byte>(Bytes / threads)).ToArray();
        // Pages that were never written are all one page of zeros.
        Array.ForEach(blocks, block => block.AsSpan().Fill(1));
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.ForEach(blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, Sum);
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return Bytes / best.TotalSeconds;
    }

    private static void Sum(byte[] block)
    {
        Vector512<ulong> a = default, b = default, c = default, d = default;
        for (nuint i = 0; i + 256 <= (nuint)block.Length; i += 256)
        {
            a ^= Vector512.LoadUnsafe(ref block[0], i).AsUInt64();
            b ^= Vector512.LoadUnsafe(ref block[0], i + 64).AsUInt64();
            c ^= Vector512.LoadUnsafe(ref block[0], i + 128).AsUInt64();
            d ^= Vector512.LoadUnsafe(ref block[0], i + 192).AsUInt64();
        }

        if ((a ^ b ^ c ^ d) == Vector512<ulong>.One)
        {
            // Never, and the compiler cannot know it.
            throw new InvalidOperationException("A block of equal bytes has an even number of each bit.");
        }
    }
}
