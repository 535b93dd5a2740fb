using System.CommandLine;
using System.Globalization;

namespace MovieSir.Bench.Load;

/// <summary>Measures a running service from outside, over loopback, as its callers see it.</summary>
internal static class LoadCommand
{
    private static readonly Option<Uri> Inference = Address("--inference", "Base address of the inference service, for /recommend.", required: true);
    private static readonly Option<Uri> Api = Address("--api", "Base address of the API, for /v1/recommend.", required: false);
    private static readonly Option<int> Films = new("--films") { Description = "Films in the catalogue, for the table.", Required = true };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Length of one run.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Runs of each profile; the median run is reported.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of the requests.", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        var command = new Command(
            "load",
            "Closed-loop load: each of N connections sends its next call when the last is answered. The API's key is read from MOVIESIR_API_KEY.")
        {
            Inference, Api, Films, Seconds, Runs, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

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
        var requests = await RequestMix.CreateAsync(inference, parsed.GetValue(Seed), cancellationToken);
        var targets = new List<LoadTarget> { new("/recommend", new Uri(inference, "/recommend"), null) };
        if (parsed.GetValue(Api) is { } api)
        {
            var key = Environment.GetEnvironmentVariable("MOVIESIR_API_KEY")
                ?? throw new InvalidOperationException("Set MOVIESIR_API_KEY to a key whose plan allows the calls of this run (ENTERPRISE, or --daily-limit).");
            targets.Add(new LoadTarget("/v1/recommend", new Uri(api, "/v1/recommend"), key));
        }

        Console.WriteLine("| call | films | connections | calls/s | p50 ms | p95 ms | p99 ms | max ms | answered | failed |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var target in targets)
        {
            foreach (var connections in new[] { 1, 8 })
            {
                // One unreported run first: just-in-time compilation and connection set-up are not what is asked about.
                await LoadRun.MeasureAsync(target, requests, connections, TimeSpan.FromSeconds(Math.Min(3, parsed.GetValue(Seconds))), cancellationToken);
                var runs = new List<LoadResult>();
                for (var run = 0; run < parsed.GetValue(Runs); run++)
                {
                    runs.Add(await LoadRun.MeasureAsync(
                        target, requests, connections, TimeSpan.FromSeconds(parsed.GetValue(Seconds)), cancellationToken));
                }

                var median = runs.OrderBy(run => run.CallsPerSecond).ElementAt(runs.Count / 2);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                    | `{target.Name}` | {parsed.GetValue(Films):N0} | {connections} | {median.CallsPerSecond:N0} | {median.Percentile(50):F2} | {median.Percentile(95):F2} | {median.Percentile(99):F2} | {median.Percentile(100):F2} | {median.Answered} | {median.Failed} |
                    """));
            }
        }

        return 0;
    }
}
