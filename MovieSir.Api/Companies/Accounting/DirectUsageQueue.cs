using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>
/// The way into PostgreSQL when Redis does not take usage. Calls that end at the same time share a transaction; while PostgreSQL is away
/// too, events wait here, bounded, and are written when it is back or the process stops.
/// </summary>
internal sealed class DirectUsageQueue(UsageWriter writer, IOptions<AccountingOptions> options, UsageMetrics metrics, ILogger<DirectUsageQueue> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly AccountingOptions _options = options.Value;
    private readonly Channel<Waiting> _channel = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(options.Value.MaxBufferedEvents) { SingleReader = true });

    private sealed record Waiting(string Json, TaskCompletionSource Written);

    /// <summary>Returns when the event is stored, or after a bounded time while it still waits.</summary>
    public async Task WriteAsync(UsageEvent usage)
    {
        var waiting = new Waiting(UsageEventJson.Serialize(usage), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_channel.Writer.TryWrite(waiting))
        {
            metrics.Lost(1);
            logger.LogError("Neither Redis nor PostgreSQL takes usage and the buffer is full: the event {EventId} is lost", usage.EventId);
            return;
        }

        try
        {
            await waiting.Written.Task.WaitAsync(TimeSpan.FromMilliseconds(_options.DirectWriteTimeoutMilliseconds));
        }
        catch (TimeoutException)
        {
            logger.LogWarning("Neither Redis nor PostgreSQL takes usage: the event {EventId} waits in memory", usage.EventId);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _channel.Writer.TryComplete();
        try
        {
            // Ends by itself once the channel is empty.
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            logger.LogError("Stopping while PostgreSQL is away: {Count} usage events in memory are lost", _channel.Reader.Count);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(_options.BatchSize);
        while (await _channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < _options.BatchSize && _channel.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            while (!await TryWriteAsync(batch))
            {
                await Task.Delay(RetryDelay, stoppingToken);
            }

            batch.ForEach(waiting => waiting.Written.TrySetResult());
            batch.Clear();
        }
    }

    private async Task<bool> TryWriteAsync(IReadOnlyList<Waiting> batch)
    {
        try
        {
            await writer.WriteAsync(batch.Select(waiting => waiting.Json));
            return true;
        }
        catch (PostgresException exception) when (UsageWriter.IsRefusal(exception))
        {
            if (batch.Count == 1)
            {
                metrics.Lost(1);
                logger.LogError(exception, "PostgreSQL refuses the usage event {Event}", batch[0].Json);
                return true;
            }

            // One of them is at fault: it must not keep the others from being written. What is written twice is one row.
            foreach (var waiting in batch)
            {
                if (!await TryWriteAsync([waiting]))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(exception, "{Count} usage events cannot be written to PostgreSQL directly; they wait in memory", batch.Count);
            return false;
        }
    }
}
