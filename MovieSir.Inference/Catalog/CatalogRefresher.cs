using System.Diagnostics;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Telemetry;
using Npgsql;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Keeps the served catalog current: loads a snapshot whenever the database's revision differs from the one in memory, told by the channel
/// <c>catalog_changed</c> and, should a notification be lost, by looking. Whatever goes wrong, what is in memory is served on.
/// </summary>
internal sealed partial class CatalogRefresher(
    NpgsqlDataSource dataSource,
    CatalogLoader loader,
    ServedCatalog catalog,
    IOptions<CatalogOptions> options,
    ILogger<CatalogRefresher> logger) : BackgroundService
{
    // A refused revision is not read again: it cannot get better, a new one can.
    private long? _settledRevision;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Of any kind: an exception out of here would stop the host, and with it the serving of what is in memory.
                InferenceTelemetry.Refusals.Add(1);
                if (exception is NpgsqlException { IsTransient: true } or TimeoutException or IOException)
                {
                    LogUnreachable(logger, exception.Message, catalog.Current?.Revision, options.Value.RetrySeconds);
                }
                else
                {
                    // Health may be read by anybody: what went wrong within stays in the log.
                    catalog.Refuse($"Loading the catalog failed ({exception.GetType().Name}): the log says why.");
                    LogFailed(logger, exception, catalog.Current?.Revision, options.Value.RetrySeconds);
                }

                await Task.Delay(TimeSpan.FromSeconds(options.Value.RetrySeconds), stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await CatalogStore.ListenAsync(connection, cancellationToken);
        while (true)
        {
            // After LISTEN and before waiting, so that no change can fall between the two.
            await RefreshAsync(cancellationToken);
            await connection.WaitAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), cancellationToken);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await loader.ReadRevisionAsync(cancellationToken) == _settledRevision)
        {
            return;
        }

        using var activity = InferenceTelemetry.Source.StartActivity("catalog load");
        var started = Stopwatch.GetTimestamp();
        var load = await loader.LoadAsync(catalog.Current, cancellationToken);
        _settledRevision = load.Revision;
        if (load.Snapshot is not { } snapshot)
        {
            InferenceTelemetry.Refusals.Add(1);
            activity?.SetStatus(ActivityStatusCode.Error, load.Refusal);
            catalog.Refuse($"Catalog revision {load.Revision} is refused: {load.Refusal}");
            LogRefused(logger, load.Revision, load.Refusal, catalog.Current?.Revision);
            return;
        }

        var isNew = snapshot.Embeddings != catalog.Current?.Embeddings;
        catalog.Swap(snapshot);
        LogLoaded(
            logger, load.Revision, snapshot.Count, snapshot.Embeddings?.Encoder ?? "none", snapshot.ModelVersion,
            Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (snapshot.ModelRefusal is { } reason)
        {
            LogWithoutModel(logger, load.Revision, reason);
        }

        if (isNew)
        {
            // On a thread of its own: it takes seconds, and is no reason for anybody to wait.
            await Task.Factory.StartNew(
                () => snapshot.Warm(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Information,
        "Serving catalog revision {Revision}: {Movies} movies, embeddings by {Encoder}, model {ModelVersion}; loaded in {Milliseconds:F0} ms.")]
    private static partial void LogLoaded(
        ILogger logger, long revision, int movies, string encoder, string modelVersion, double milliseconds);

    [LoggerMessage(LogLevel.Error, "Catalog revision {Revision} is refused: {Reason} Revision {ServedRevision} is served on.")]
    private static partial void LogRefused(ILogger logger, long revision, string? reason, long? servedRevision);

    [LoggerMessage(LogLevel.Error, "Catalog revision {Revision} is served without its model: {Reason}")]
    private static partial void LogWithoutModel(ILogger logger, long revision, string reason);

    [LoggerMessage(LogLevel.Error, "Loading the catalog failed. Revision {ServedRevision} is served on; next try in {RetrySeconds} s.")]
    private static partial void LogFailed(ILogger logger, Exception exception, long? servedRevision, int retrySeconds);

    [LoggerMessage(LogLevel.Warning,
        "The catalog cannot be compared with PostgreSQL: {Reason} Revision {ServedRevision} is served on; next try in {RetrySeconds} s.")]
    private static partial void LogUnreachable(ILogger logger, string reason, long? servedRevision, int retrySeconds);
}
