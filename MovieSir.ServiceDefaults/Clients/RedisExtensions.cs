using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
#if !USE_ASPIRE
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
#endif

namespace MovieSir.ServiceDefaults;

/// <summary>Registers Redis: by Aspire's client integration, or the same from StackExchange.Redis alone where Aspire's packages are not to be had.</summary>
public static class RedisExtensions
{
    private const int TimeoutMilliseconds = 2000;

    /// <summary>Adds a singleton <see cref="IConnectionMultiplexer"/> for <c>ConnectionStrings:{connectionName}</c> with health check and traces.</summary>
    /// <remarks>A Redis that is away at start or later is not fatal: commands fail at once and the connection comes back by itself.</remarks>
    /// <exception cref="InvalidOperationException">On first use, where the connection string is missing.</exception>
    public static void AddRedis(this IHostApplicationBuilder builder, string connectionName)
    {
        ArgumentNullException.ThrowIfNull(builder);
#if USE_ASPIRE
        builder.AddRedisClient(connectionName, configureOptions: Bound);
#else
        builder.Services.AddSingleton<RedisInstrumentation>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RedisInstrumentation>());
        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var options = ConfigurationOptions.Parse(ConnectionStrings.Require(builder.Configuration, connectionName));
            options.LoggerFactory = services.GetRequiredService<ILoggerFactory>();
            Bound(options);
            var connection = ConnectionMultiplexer.Connect(options);
            connection.RegisterProfiler(services.GetRequiredService<RedisInstrumentation>().CurrentSession);
            return connection;
        });
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("StackExchange.Redis");
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(RedisInstrumentation.SourceName));
#endif
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
