using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace MovieSir.ServiceDefaults;

/// <summary>
/// Turns StackExchange.Redis' profiled commands into spans under the activity that issued them; a command outside an activity makes none.
/// A session is kept per activity and read when the activity has ended, off the path of the request.
/// </summary>
internal sealed class RedisInstrumentation(IConnectionMultiplexer redis) : BackgroundService
{
    public const string SourceName = ServiceDefaultsExtensions.TelemetryPrefix + "Redis";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Activity, ProfilingSession> _sessions = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        redis.RegisterProfiler(CurrentSession);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FlushInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Flush();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Flush();
        }
    }

    private ProfilingSession? CurrentSession() =>
        Source.HasListeners() && Activity.Current is { Recorded: true } activity ? _sessions.GetOrAdd(activity, static _ => new ProfilingSession())
            : null;

    private void Flush()
    {
        foreach (var activity in _sessions.Keys.Where(activity => activity.IsStopped))
        {
            if (_sessions.TryRemove(activity, out var session))
            {
                foreach (var command in session.FinishProfiling())
                {
                    Record(activity.Context, command);
                }
            }
        }
    }

    private static void Record(ActivityContext parent, IProfiledCommand command)
    {
        var startedAt = new DateTimeOffset(command.CommandCreated);
        using var span = Source.StartActivity(command.Command, ActivityKind.Client, parent, startTime: startedAt);
        if (span is null)
        {
            return;
        }

        span.SetTag("db.system.name", "redis");
        span.SetTag("db.operation.name", command.Command);
        span.SetTag("db.namespace", command.Db);
        if (command.EndPoint is not null)
        {
            span.SetTag("server.address", command.EndPoint.ToString());
        }

        span.SetEndTime(command.CommandCreated + command.ElapsedTime);
    }
}
