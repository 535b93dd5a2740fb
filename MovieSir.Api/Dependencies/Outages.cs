using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Polly.Timeout;
using StackExchange.Redis;

namespace MovieSir.Api.Dependencies;

/// <summary>
/// The one way to wait for a dependency. A wait is bounded here, whatever the driver does: some hang far beyond the limits they are given where a
/// server takes bytes and answers none. Says which exceptions mean that a dependency is away, and logs an outage once: a warning when it begins and
/// a line when it has ended.
/// </summary>
internal sealed partial class Outages(TimeProvider clock, IOptions<DependencyOptions> options, ILogger<Outages> logger)
{
    private readonly Outage[] _outages = [.. Enum.GetValues<Dependency>().Select(_ => new Outage())];

    private sealed class Outage
    {
        /// <summary>Failures since the last answer; 0 while there is no outage.</summary>
        public int Failures;

        public long StartedAt;
    }

    /// <summary>Asks a dependency, and waits as long as <see cref="DependencyOptions"/> says.</summary>
    /// <param name="dependency">Whom.</param>
    /// <param name="ask">Sends the question and reads the answer.</param>
    /// <param name="caller">Canceled when nobody waits for the answer any more: then the cancellation is thrown.</param>
    public Task<Reply<T>> AskAsync<T>(Dependency dependency, Func<Task<T>> ask, CancellationToken caller = default) =>
        AskAsync(dependency, ask, options.Value.LimitOf(dependency), caller);

    /// <summary>Asks a dependency, and waits no longer than <paramref name="limit"/>.</summary>
    /// <inheritdoc cref="AskAsync{T}(Dependency, Func{Task{T}}, CancellationToken)" path="/param" />
    public Task<Reply<T>> AskAsync<T>(Dependency dependency, Func<Task<T>> ask, TimeSpan limit, CancellationToken caller = default) =>
        AskForReplyAsync<T>(dependency, async () => new Reply<T>.Answered(await ask()), limit, caller);

    /// <summary>Asks a dependency that may answer otherwise than with what was asked for.</summary>
    /// <inheritdoc cref="AskAsync{T}(Dependency, Func{Task{T}}, CancellationToken)" path="/param" />
    public Task<Reply<T>> AskForReplyAsync<T>(Dependency dependency, Func<Task<Reply<T>>> ask, CancellationToken caller = default) =>
        AskForReplyAsync(dependency, ask, options.Value.LimitOf(dependency), caller);

    private async Task<Reply<T>> AskForReplyAsync<T>(
        Dependency dependency, Func<Task<Reply<T>>> ask, TimeSpan limit, CancellationToken caller)
    {
        Reply<T> reply;
        try
        {
            reply = await ask().WaitAsync(limit, clock, caller);
        }
        catch (Exception exception) when (Means(dependency, exception) && !caller.IsCancellationRequested)
        {
            Failed(dependency, exception);
            return new Reply<T>.Away(exception is TimeoutRejectedException);
        }

        Answered(dependency);
        return reply;
    }

    /// <summary>Whether an exception means that a dependency is away; then the outage is noted, as where it was asked here.</summary>
    public bool Notes(Dependency dependency, Exception exception)
    {
        if (!Means(dependency, exception))
        {
            return false;
        }

        Failed(dependency, exception);
        return true;
    }

    /// <summary>Whether an exception of work with PostgreSQL and Redis means that one of them is away.</summary>
    public static bool IsOutage(Exception exception) => Means(Dependency.PostgreSql, exception) || Means(Dependency.Redis, exception);

    // A cancellation that the caller did not ask for is a time limit: of the driver, of a connection, or of ours.
    private static bool Means(Dependency dependency, Exception exception) => (dependency, exception) switch
    {
        (_, TimeoutException or OperationCanceledException) => true,
        (Dependency.PostgreSql, NpgsqlException or DbUpdateException { InnerException: NpgsqlException }) => true,
        // Its reader ends commands that wait on a dying connection with "Reading is not allowed after reader was completed".
        (Dependency.Redis, RedisException or InvalidOperationException) => true,
        (Dependency.Engine or Dependency.PartnerApi,
            HttpRequestException or ExecutionRejectedException or IOException or JsonException or NotSupportedException) => true,
        _ => false,
    };

    private void Failed(Dependency dependency, Exception exception)
    {
        var outage = _outages[(int)dependency];
        if (Interlocked.Increment(ref outage.Failures) == 1)
        {
            Volatile.Write(ref outage.StartedAt, clock.GetTimestamp());
            LogAway(logger, exception, dependency, exception.Message);
        }
    }

    private void Answered(Dependency dependency)
    {
        var outage = _outages[(int)dependency];
        if (Volatile.Read(ref outage.Failures) != 0 && Interlocked.Exchange(ref outage.Failures, 0) is > 0 and var failures)
        {
            LogBack(logger, dependency, clock.GetElapsedTime(Volatile.Read(ref outage.StartedAt)).TotalSeconds, failures);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Dependency} does not answer as it should: {Reason}. Calls that need it get 503 or 504 until it does; an outage is logged once")]
    private static partial void LogAway(ILogger logger, Exception exception, Dependency dependency, string reason);

    [LoggerMessage(LogLevel.Information, "{Dependency} answers again, {Seconds:F1} s after it stopped; it was asked {Failures} times meanwhile")]
    private static partial void LogBack(ILogger logger, Dependency dependency, double seconds, int failures);
}
