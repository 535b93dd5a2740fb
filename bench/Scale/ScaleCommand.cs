using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MovieSir.Bench.Measuring;
using MovieSir.Inference.Catalog;

namespace MovieSir.Bench.Scale;

/// <summary>How a call's time and memory grow with the catalog, in this process, and how near that is to what memory allows.</summary>
internal static class ScaleCommand
{
    private const int ProfileMovies = 10;
    private const int LeastCalls = 50;

    private static readonly Option<int[]> Movies = new("--movies")
    {
        Description = "Sizes of catalog.",
        DefaultValueFactory = _ => [10_000, 62_700, 250_000, 1_000_000],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Calls = new("--calls")
    {
        Description = "Calls of each kind at 10,000 movies, fewer beyond.",
        DefaultValueFactory = _ => 2000,
    };

    public static Command Create()
    {
        var command = new Command("scale", "Time and memory of a recommendation over made-up catalogs of growing size.") { Movies, Calls };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var bandwidth = MemoryBandwidth.Read(threads: 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Memory is read at {bandwidth / 1e9:F1} GB/s by one thread, {MemoryBandwidth.Read(threads: 2) / 1e9:F1} GB/s by two."));
        Console.WriteLine();
        Console.WriteLine("| movies | requests | built in s | memory MB | p50 ms | p99 ms | kB allocated a call | columns made a call "
            + "| MB read a call | ms at the memory's speed |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var movies in parsed.GetValue(Movies)!)
        {
            Measure(movies, Math.Max(LeastCalls, (int)(parsed.GetValue(Calls) * 10_000L / movies)), bandwidth);
            GC.Collect();
        }

        return 0;
    }

    // Not inlined: the catalog must be garbage before the next is built.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Measure(int movies, int calls, double bandwidth)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var snapshot = SyntheticCatalog.Create(movies, seed: 1);
        var built = clock.Elapsed;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Report(snapshot, "half filtered", EngineRequests.HalfFiltered, calls, built, memory, bandwidth);
        Report(snapshot, "no filter", EngineRequests.Unfiltered, calls, built, memory, bandwidth);
        Report(snapshot, "no filter, any movie in profiles", EngineRequests.Uncommon, calls, built, memory, bandwidth);
    }

    private static void Report(
        CatalogSnapshot snapshot, string name, EngineRequests kind, int calls, TimeSpan built, long memory, double bandwidth)
    {
        var run = new EngineRun(snapshot, seed: 20, kind);
        run.Measure(Math.Max(LeastCalls, calls / 4));
        var similarity = snapshot.Embeddings!.Similarity;
        var (allocated, misses) = (GC.GetAllocatedBytesForCurrentThread(), similarity.Misses);
        var times = run.Measure(calls);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        // Columns that a call lacks are made together, in one pass over the embeddings.
        var missed = (double)(similarity.Misses - misses) / calls;
        var bytes = TouchedBytes.Of(snapshot, ProfileMovies) + (Math.Min(1, missed) * snapshot.Count * snapshot.Embeddings.Dimension);
        var (read, least) = kind == EngineRequests.HalfFiltered
            ? ("", "")
            : (string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1}"),
                string.Create(CultureInfo.InvariantCulture, $"{bytes / bandwidth * 1000:F3}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {snapshot.Count:N0} | {name} | {built.TotalSeconds:F1} | {memory >> 20:N0} | {times[calls / 2]:F3} | {times[calls * 99 / 100]:F3} "
            + $"| {allocated / 1024.0 / calls:F1} | {missed:F1} | {read} | {least} |"));
    }
}
