using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace MovieSir.ServiceDefaults;

/// <summary>Registers Redis by Aspire's client integration.</summary>
public static class RedisExtensions
{
    private const int TimeoutMilliseconds = 2000;

    /// <summary>
    /// Adds a singleton <see cref="IConnectionMultiplexer"/> for <c>ConnectionStrings:{connectionName}</c> with health check and traces.
    /// </summary>
    /// <remarks>A Redis that is away at start or later is not fatal: commands fail at once and the connection comes back by itself.</remarks>
    /// <exception cref="InvalidOperationException">On first use, where the connection string is missing.</exception>
    public static void AddRedis(this IHostApplicationBuilder builder, string connectionName)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Aspire's tracing makes a span of every command, also of those that wait for the stream's next entry: a dozen traces a second of nothing.
        builder.AddRedisClient(connectionName, settings => settings.DisableTracing = true, Bound);
        builder.Services.AddHostedService<RedisInstrumentation>();
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(RedisInstrumentation.SourceName));
    }

    private static void Bound(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = TimeoutMilliseconds;
        options.SyncTimeout = TimeoutMilliseconds;
        options.AsyncTimeout = TimeoutMilliseconds;
    }
}
