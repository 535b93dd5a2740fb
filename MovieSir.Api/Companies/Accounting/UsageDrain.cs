using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>Moves usage from the stream into PostgreSQL, a batch at a time. Every replica does; an entry goes to one of them.</summary>
internal sealed class UsageDrain(
    UsageStream stream, UsageStore store, IOptions<AccountingOptions> options, UsageMetrics metrics, TimeProvider clock, ILogger<UsageDrain> logger)
    : BackgroundService
{
    private static readonly TimeSpan OutageDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConsumerLifetime = TimeSpan.FromHours(1);

    private readonly AccountingOptions _options = options.Value;
    private DateTimeOffset _nextTakeOver = DateTimeOffset.MinValue;
    private DateTimeOffset _nextHousekeeping = clock.GetUtcNow() + HousekeepingInterval;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The web server has stopped by now: what is in the stream is all there will be.
        try
        {
            while (!cancellationToken.IsCancellationRequested && await DrainNewAsync() > 0)
            {
            }
        }
        catch (Exception exception) when (Outages.IsOutage(exception))
        {
            logger.LogWarning(exception, "Stopping with usage still in the stream: another replica, or the next start, writes it");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var drained = await DrainNewAsync() + await LookAfterStreamAsync();
                if (away)
                {
                    logger.LogInformation("Usage is being written again");
                    away = false;
                }

                if (drained == 0)
                {
                    await Task.Delay(_options.PollMilliseconds, stoppingToken);
                }
            }
            catch (Exception exception) when (Outages.IsOutage(exception))
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                if (!away)
                {
                    logger.LogWarning(exception, "Usage cannot be written at present; it waits in the stream");
                    away = true;
                }

                await Task.Delay(OutageDelay, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>From time to time: takes over what dead replicas left, counts the stream, forgets consumers that have ended.</summary>
    /// <returns>How many events were taken over and written.</returns>
    private async Task<int> LookAfterStreamAsync()
    {
        var (now, takenOver) = (clock.GetUtcNow(), 0);
        if (now >= _nextTakeOver)
        {
            takenOver = await TakeOverAsync();
            _nextTakeOver = clock.GetUtcNow() + (TimeSpan.FromSeconds(_options.TakeOverSeconds) / 2);
            metrics.Queued = await stream.LengthAsync();
        }

        if (now >= _nextHousekeeping)
        {
            await stream.ForgetConsumersAsync(ConsumerLifetime);
            _nextHousekeeping = clock.GetUtcNow() + HousekeepingInterval;
        }

        return takenOver;
    }

    // Not canceled by a stop: a batch that was begun is finished, so that nothing of it waits for another process to take it over.
    private async Task<int> DrainNewAsync() =>
        await WriteAsync(await stream.TakeAsync(_options.BatchSize));

    private async Task<int> TakeOverAsync() =>
        await WriteAsync(await stream.TakeOverAsync(TimeSpan.FromSeconds(_options.TakeOverSeconds), _options.BatchSize));

    private async Task<int> WriteAsync(IReadOnlyList<UsageStream.Entry> entries)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        if (await store.WriteAsync(entries.Select(entry => entry.Json)) is UsageWrite.Refused(var reason))
        {
            if (entries.Count == 1)
            {
                logger.LogError(reason, "PostgreSQL refuses the usage event {Event}; it is put aside in the stream usage:rejected", entries[0].Json);
                await stream.RejectAsync(entries[0]);
                return 1;
            }

            // One of them is at fault: it must not keep the others from being written.
            foreach (var entry in entries)
            {
                await WriteAsync([entry]);
            }

            return entries.Count;
        }

        await stream.FinishAsync(entries);
        return entries.Count;
    }
}
