using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>
/// The way into PostgreSQL when Redis does not take usage. Calls that end at the same time share a transaction; while PostgreSQL is away
/// too, events wait here, bounded, and are written when it is back or the process stops.
/// </summary>
internal sealed class DirectUsageQueue(
    UsageStore store, IOptions<AccountingOptions> options, UsageMetrics metrics, Outages outages, ILogger<DirectUsageQueue> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    // Nobody waits for a batch, and a batch is large.
    private static readonly TimeSpan BatchLimit = TimeSpan.FromSeconds(30);

    private readonly AccountingOptions _options = options.Value;
    private readonly Channel<Waiting> _channel = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(options.Value.MaxBufferedEvents) { SingleReader = true });

    // Events in the channel and in the batch that is being written.
    private int _inMemory;

    private sealed record Waiting(string Json, TaskCompletionSource Written);

    /// <summary>Returns when the event is stored, or after a bounded time while it still waits.</summary>
    public async Task WriteAsync(UsageEvent usage)
    {
        var waiting = new Waiting(UsageEventJson.Serialize(usage), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Increment(ref _inMemory);
        if (!_channel.Writer.TryWrite(waiting))
        {
            Interlocked.Decrement(ref _inMemory);
            metrics.Lost(1);
            logger.LogError("Neither Redis nor PostgreSQL takes usage and the buffer is full: the event {EventId} is lost", usage.Entry.EventId);
            return;
        }

        // After the limit it still waits in memory; the outages of both are in the log.
        await waiting.Written.Task.WaitAsync(TimeSpan.FromMilliseconds(_options.DirectWriteTimeoutMilliseconds))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _channel.Writer.TryComplete();
        // Ends by itself once the channel is empty.
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        if (Volatile.Read(ref _inMemory) is > 0 and var lost)
        {
            metrics.Lost(lost);
            logger.LogError("Stopping while neither Redis nor PostgreSQL takes usage: {Count} usage events in memory are lost", lost);
        }
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

            Interlocked.Add(ref _inMemory, -batch.Count);
            batch.ForEach(waiting => waiting.Written.TrySetResult());
            batch.Clear();
        }
    }

    /// <returns>False where PostgreSQL is away.</returns>
    private async Task<bool> TryWriteAsync(IReadOnlyList<Waiting> batch)
    {
        var reply = await outages.AskAsync(
            Dependency.PostgreSql, () => store.WriteAsync(batch.Select(waiting => waiting.Json)), BatchLimit);
        if (reply is not Reply<UsageWrite>.Answered(var write))
        {
            return false;
        }

        if (write is not UsageWrite.Refused(var reason))
        {
            return true;
        }

        if (batch.Count == 1)
        {
            metrics.Lost(1);
            logger.LogError(reason, "PostgreSQL refuses the usage event {Event}", batch[0].Json);
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
}
