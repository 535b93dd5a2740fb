using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Bench.Load;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Hosting;

namespace MovieSir.Bench.Database;

/// <summary>
/// What the service allocates and collects under lasting load: the service runs in this process, so that its garbage collector can be asked.
/// </summary>
internal static class SteadyCommand
{
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Length of the load.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Calls at once.", DefaultValueFactory = _ => 8 };

    public static Command Create()
    {
        var command = new Command("steady",
            "Allocation and garbage collections of the inference service in a minute's load, over ConnectionStrings__moviesir.")
        {
            Seconds, Connections,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = ServeCommand.Build(["--urls=http://127.0.0.1:0"]);
        await app.StartAsync(cancellationToken);
        var catalog = app.Services.GetRequiredService<ServedCatalog>();
        while (catalog.Current is null)
        {
            await Task.Delay(100, cancellationToken);
        }

        var inference = new Uri(app.Urls.First());
        var requests = RequestMix.Recommend(await RequestMix.ReadMoviesAsync(inference, cancellationToken), seed: 20);
        var target = new LoadTarget("/recommend", new Uri(inference, "/recommend"), null, []);
        var connections = parsed.GetValue(Connections);
        LoadRun.Measure(target, requests, connections, TimeSpan.FromSeconds(Math.Min(10, parsed.GetValue(Seconds))));
        GC.Collect();

        var (allocated, gen0, gen1, gen2, paused) = Memory();
        var result = LoadRun.Measure(target, requests, connections, TimeSpan.FromSeconds(parsed.GetValue(Seconds)));
        var after = Memory();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine("| movies | connections | calls | kB allocated a call | gen-0 | gen-1 | gen-2 collections | ms paused | resident MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {catalog.Snapshot.Count:N0} | {connections} | {result.Answered:N0} | {(after.Allocated - allocated) / 1024.0 / result.Answered:F1} "
            + $"| {after.Gen0 - gen0} | {after.Gen1 - gen1} | {after.Gen2 - gen2} | {(after.Paused - paused).TotalMilliseconds:F0} "
            + $"| {process.WorkingSet64 >> 20:N0} |"));
        await app.StopAsync(cancellationToken);
        return result.Failed == 0 ? 0 : 1;
    }

    private static (long Allocated, int Gen0, int Gen1, int Gen2, TimeSpan Paused) Memory() =>
        (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2),
            GC.CollectionCount(2), GC.GetTotalPauseDuration());
}
