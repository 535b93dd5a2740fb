using System.CommandLine;
using System.Globalization;

namespace MovieSir.Bench.Load;

/// <summary>Measures a running service from outside, over loopback, as its callers see it.</summary>
internal static class LoadCommand
{
    private static readonly Option<Uri> Inference = Address("--inference", "Base address of the inference service, for /recommend and /rank.",
        required: true);
    private static readonly Option<Uri> Api = Address("--api", "Base address of the API, for /v1/recommend.", required: false);
    private static readonly Option<int[]> InferenceProcesses = Processes("--inference-process",
        "Process ids of the inference service, to tell what a call costs it.");
    private static readonly Option<int[]> ApiProcesses = Processes("--api-process",
        "Likewise what a call through the API costs besides: API, Redis, PostgreSQL.");
    private static readonly Option<int> Movies = new("--movies") { Description = "Movies in the catalog, for the table.", Required = true };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Length of one run.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Runs = new("--runs")
    {
        Description = "Runs of each profile; the median run is reported.",
        DefaultValueFactory = _ => 3,
    };
    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of the requests.", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        var command = new Command(
            "load",
            "Closed-loop load: each of N connections sends its next call when the last is answered. The API's key is read from MOVIESIR_API_KEY.")
        {
            Inference, Api, InferenceProcesses, ApiProcesses, Movies, Seconds, Runs, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<int[]> Processes(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };

    private static Option<Uri> Address(string name, string description, bool required) => new(name)
    {
        Description = description,
        Required = required,
        CustomParser = argument =>
        {
            if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address))
            {
                return address;
            }

            argument.AddError($"{name} takes an address such as http://127.0.0.1:8001, not '{argument.Tokens[0].Value}'.");
            return null;
        },
    };

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var inference = parsed.GetRequiredValue(Inference);
        var movies = await RequestMix.ReadMoviesAsync(inference, cancellationToken);
        var (recommend, rank) = (RequestMix.Recommend(movies, parsed.GetValue(Seed)), RequestMix.Rank(movies, parsed.GetValue(Seed)));
        var processes = parsed.GetValue(InferenceProcesses)!;
        List<(LoadTarget Target, RequestMix Requests)> profiles =
        [
            (new("/recommend", new Uri(inference, "/recommend"), null, processes), recommend),
            (new("/rank", new Uri(inference, "/rank"), null, processes), rank),
        ];
        if (parsed.GetValue(Api) is { } api)
        {
            var key = Environment.GetEnvironmentVariable("MOVIESIR_API_KEY")
                ?? throw new InvalidOperationException(
                    "Set MOVIESIR_API_KEY to a key whose plan allows the calls of this run (ENTERPRISE, or --daily-limit).");
            profiles.Add((new("/v1/recommend", new Uri(api, "/v1/recommend"), key, [.. processes, .. parsed.GetValue(ApiProcesses)!]), recommend));
        }

        Console.WriteLine("| call | movies | connections | calls/s | p50 ms | p95 ms | p99 ms | max ms | services' CPU ms a call "
            + "| load's CPU ms a call | kB an answer | answered | failed |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (target, requests) in profiles)
        {
            foreach (var connections in new[] { 1, 8 })
            {
                // One unreported run first: just-in-time compilation and connection set-up are not what is asked about.
                LoadRun.Measure(target, requests, connections, TimeSpan.FromSeconds(Math.Min(3, parsed.GetValue(Seconds))));
                var runs = Enumerable.Range(0, parsed.GetValue(Runs))
                    .Select(_ => LoadRun.Measure(target, requests, connections, TimeSpan.FromSeconds(parsed.GetValue(Seconds))))
                    .OrderBy(run => run.CallsPerSecond).ToArray();
                var median = runs[runs.Length / 2];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| `{target.Name}` | {parsed.GetValue(Movies):N0} | {connections} | {median.CallsPerSecond:N0} | {median.Percentile(50):F2} "
                    + $"| {median.Percentile(95):F2} | {median.Percentile(99):F2} | {median.Percentile(100):F2} | {median.ServicesCpuPerCall:F3} "
                    + $"| {median.OwnCpuPerCall:F3} | {median.BytesPerCall / 1024:F1} | {median.Answered} | {median.Failed} |"));
            }
        }

        return 0;
    }
}
