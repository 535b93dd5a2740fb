using System.CommandLine;

namespace MovieSir.AppHost.Local;

/// <summary>The command line: no verb starts everything, <c>status</c> tells what a running one has started.</summary>
internal static class LocalCommand
{
    private const int MaximumApiReplicas = 16;

    private static readonly IReadOnlyDictionary<string, Option<int>> Ports = new Dictionary<string, Option<int>>
    {
        [ServiceNames.Api] = Port("--api-port", 8000),
        [ServiceNames.Inference] = Port("--inference-port", 8001),
        [ServiceNames.Postgres] = Port("--postgres-port", 5432),
        [ServiceNames.Redis] = Port("--redis-port", 6379),
        [ServiceNames.Dashboard] = Port("--dashboard-port", 18888),
        [ServiceNames.DashboardOtlp] = Port("--dashboard-otlp-port", 18889),
    };

    private static readonly Option<bool> FreePorts = new("--free-ports") { Description = "Take free ports instead of the usual ones." };
    private static readonly Option<int> ApiReplicas = new("--api-replicas")
    {
        Description = "How many API processes to run.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<FileInfo?> Dashboard = new("--dashboard") { Description = "The Aspire CLI, to run its dashboard." };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Keep the services' output in their log files." };

    public static RootCommand Create()
    {
        ApiReplicas.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaximumApiReplicas)
            {
                result.AddError($"--api-replicas takes 1 to {MaximumApiReplicas}.");
            }
        });
        var root = new RootCommand("Runs MovieSir on this machine: PostgreSQL, Redis, the catalog's preparation, inference and the API.")
        {
            FreePorts, ApiReplicas, Dashboard, Quiet,
        };
        foreach (var option in Ports.Values)
        {
            root.Add(option);
        }

        root.SetAction((result, cancellationToken) => LocalRun.StartAsync(new LocalOptions
        {
            Ports = Ports.ToDictionary(port => port.Key, port => result.GetValue(port.Value)),
            FreePorts = result.GetValue(FreePorts),
            ApiReplicas = result.GetValue(ApiReplicas),
            Dashboard = result.GetValue(Dashboard),
            Quiet = result.GetValue(Quiet),
        }));

        var status = new Command("status", "Tells what runs from this checkout.");
        status.SetAction(_ => StatusReport.Print(LocalPaths.Find(), Console.Out));
        root.Add(status);
        return root;
    }

    private static Option<int> Port(string name, int number)
    {
        var option = new Option<int>(name) { Description = $"Default {number}.", DefaultValueFactory = _ => number };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ushort.MaxValue)
            {
                result.AddError($"{name} takes 1 to {ushort.MaxValue}.");
            }
        });
        return option;
    }
}
