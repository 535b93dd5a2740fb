using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace MovieSir.Bench.Scale;

/// <summary>How a call's time and memory grow with the catalogue, in this process.</summary>
internal static class ScaleCommand
{
    private static readonly Option<int[]> Films = new("--films")
    {
        Description = "Sizes of catalogue.", DefaultValueFactory = _ => [10_000, 62_700, 250_000, 1_000_000], AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Calls = new("--calls") { Description = "Calls of each kind.", DefaultValueFactory = _ => 1000 };

    public static Command Create()
    {
        var command = new Command("scale", "Time and memory of a recommendation over made-up catalogues of growing size.") { Films, Calls };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        Console.WriteLine("| films | requests | build s | memory MB | p50 ms | p99 ms | kB a call |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var films in parsed.GetValue(Films)!)
        {
            var clock = Stopwatch.StartNew();
            var snapshot = SyntheticCatalogue.Create(films, seed: 1);
            var built = clock.Elapsed.TotalSeconds;
            var memory = GC.GetTotalMemory(forceFullCollection: true) >> 20;
            foreach (var filtered in new[] { true, false })
            {
                var run = new EngineRun(snapshot, seed: 20, distinct: 2000, filtered);
                var calls = Math.Max(50, (int)Math.Min(parsed.GetValue(Calls), 20_000_000L * parsed.GetValue(Calls) / 1000 / films));
                run.Measure(Math.Max(50, calls / 4));
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var times = run.Measure(calls);
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                Array.Sort(times);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                    | {films:N0} | {(filtered ? "half filtered" : "no filter")} | {built:F1} | {memory:N0} | {times[calls / 2]:F3} | {times[calls * 99 / 100]:F3} | {allocated / 1024.0 / calls:F1} |
                    """));
            }
        }

        return 0;
    }
}
