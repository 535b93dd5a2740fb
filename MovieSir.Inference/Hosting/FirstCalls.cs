using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Hosting;

/// <summary>
/// Makes the first call of each kind itself, over loopback, before this process says that it is ready: methods are compiled when they are first
/// called, which takes a hundred times as long as the call.
/// </summary>
internal sealed partial class FirstCalls(
    IServer server, IHostApplicationLifetime lifetime, ServedCatalog catalog, TimeProvider time, ILogger<FirstCalls> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CatalogPause = TimeSpan.FromMilliseconds(20);

    private volatile bool _done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The first calls are not made yet."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
        {
            await started.Task.WaitAsync(stoppingToken);
        }

        // A server without an address (a test's) has nothing to be called at.
        if (Address() is { } address)
        {
            await CallAsync(address, stoppingToken);
        }

        _done = true;
    }

    private async Task CallAsync(Uri address, CancellationToken stoppingToken)
    {
        while (catalog.Current is null)
        {
            await Task.Delay(CatalogPause, time, stoppingToken);
        }

        var begun = time.GetTimestamp();
        try
        {
            using var client = new HttpClient { BaseAddress = address, Timeout = Limit };
            var snapshot = catalog.Snapshot;
            var popular = Enumerable.Range(0, snapshot.Count).OrderByDescending(row => snapshot.Popularity[row]).Take(10);
            int[] known = [.. popular.Select(row => snapshot.MovieIds[row])];
            await PostAsync("/recommend", new { user_movie_ids = known, available_time = 180 });
            await PostAsync("/recommend_single", new { user_movie_ids = known, target_runtime = 120, track = "a" });
            await PostAsync("/rank", new { user_movie_ids = known, k = 10 });
            await PostAsync("/search", new { query = "a quiet love story", k = 10 });
            using var similar = await client.GetAsync($"/movies/{known[0]}/similar", stoppingToken);
            LogMade(logger, time.GetElapsedTime(begun).TotalMilliseconds);

            async Task PostAsync(string path, object body)
            {
                using var answer = await client.PostAsJsonAsync(path, body, stoppingToken);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            // Somebody else's first call is then slow, and no reason not to be ready.
            LogFailed(logger, exception.Message);
        }
    }

    private Uri? Address()
    {
        var http = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse)
            .FirstOrDefault(address => address.Scheme == "http");
        return http is null ? null : new UriBuilder("http", "127.0.0.1", http.Port).Uri;
    }

    [LoggerMessage(LogLevel.Information, "The first call of each kind was made, in {Milliseconds:F0} ms.")]
    private static partial void LogMade(ILogger logger, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "The first calls could not be made: {Reason} The first ones of others will be slow.")]
    private static partial void LogFailed(ILogger logger, string reason);
}
