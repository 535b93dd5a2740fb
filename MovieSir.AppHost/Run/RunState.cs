using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MovieSir.AppHost.Embedded;

namespace MovieSir.AppHost.Run;

/// <summary>
/// Tells <c>./moviesir</c> of a run: in <c>run/status</c> a line for the whole (<c>starting</c>, <c>ready</c>, <c>failed PART</c>) and a line
/// a part (name, state, process, address); in <c>run/environment</c> the addresses as shell assignments, once it is ready.
/// </summary>
internal sealed class RunState(
    string directory, IReadOnlySet<string> names, RunAddresses addresses, ResourceNotificationService notifications, IConfiguration configuration)
    : BackgroundService
{
    private readonly SortedDictionary<string, ResourceEvent> _parts = new(StringComparer.Ordinal);
    private readonly string _statusFile = Path.Combine(directory, "status");
    private readonly string _environmentFile = Path.Combine(directory, "environment");
    private bool _wasReady;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(directory);
        File.Delete(_environmentFile); // of a run that was killed
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (names.Contains(change.Resource.Name))
                {
                    _parts[change.ResourceId] = change;
                    await WriteAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            File.Delete(_statusFile);
            File.Delete(_environmentFile);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (!_wasReady && _parts.Values.All(IsReady) && names.SetEquals(_parts.Values.Select(part => part.Resource.Name)))
        {
            var lines = (await addresses.ResolveAsync(cancellationToken)).Select(address => $"{address.Key}='{address.Value}'\n");
            Secrets.WriteForOwnerOnly(_environmentFile, string.Concat(lines));
            _wasReady = true;
        }

        // Once it was ready, a part that ends is told of by its own line.
        var failed = _parts.Values.FirstOrDefault(HasFailed)?.Resource.Name;
        var whole = _wasReady ? "ready" : failed is null ? "starting" : $"failed {failed}";
        Secrets.WriteForOwnerOnly(_statusFile, string.Concat([$"{whole}\n", DashboardLine(), .. _parts.Values.Select(PartLine)]));
    }

    // Before its checks are known, what runs is told of as healthy.
    private static bool IsReady(ResourceEvent part) => part.Snapshot.State?.Text == KnownStates.Running
        ? part.Snapshot.HealthStatus == HealthStatus.Healthy
            && !part.Resource.Annotations.OfType<HealthCheckAnnotation>().Skip(part.Snapshot.HealthReports.Length).Any()
        : IsDone(part);

    private static bool HasFailed(ResourceEvent part) =>
        part.Snapshot.State?.Text is KnownStates.FailedToStart or KnownStates.RuntimeUnhealthy || (HasEnded(part.Snapshot) && !IsDone(part));

    // What has a health check is a service: one that ended is not done, however it ended.
    private static bool IsDone(ResourceEvent part) => !IsService(part) && HasEnded(part.Snapshot) && part.Snapshot.ExitCode == 0;

    private static bool IsService(ResourceEvent part) => part.Resource.HasAnnotationOfType<HealthCheckAnnotation>();

    private static bool HasEnded(CustomResourceSnapshot part) => part.State?.Text is KnownStates.Finished or KnownStates.Exited;

    private string PartLine(ResourceEvent part)
    {
        var name = _parts.Values.Where(other => other.Resource == part.Resource).Skip(1).Any() ? part.ResourceId : part.Resource.Name;
        var snapshot = part.Snapshot;
        var state = snapshot switch
        {
            { State.Text: KnownStates.Running } when IsService(part) => IsReady(part) ? "Healthy" : "Running, not healthy yet",
            { ExitCode: { } code } when HasEnded(snapshot) => IsDone(part) ? "Done" : code == 0 ? "Ended" : $"Ended with {code}",
            _ => snapshot.State?.Text ?? "Not started",
        };
        var process = snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value;
        var url = snapshot.Urls.FirstOrDefault(url => url is { IsInactive: false, IsInternal: false })?.Url;
        return $"{name}\t{state}\t{process}\t{url}\n";
    }

    private string DashboardLine()
    {
        var token = configuration["AppHost:BrowserToken"];
        return $"dashboard\t\t\t{configuration["ASPNETCORE_URLS"]}{(token is null ? "" : $"/login?t={token}")}\n";
    }

    // KnownResourceStates holds no constants, which patterns need.
    private static class KnownStates
    {
        public const string Running = "Running";
        public const string FailedToStart = "FailedToStart";
        public const string RuntimeUnhealthy = "RuntimeUnhealthy";
        public const string Finished = "Finished";
        public const string Exited = "Exited";
    }
}
