using Microsoft.Extensions.Hosting;
using Npgsql;
#if !USE_ASPIRE
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
#endif

namespace MovieSir.ServiceDefaults;

/// <summary>Registers PostgreSQL: by Aspire's client integration, or the same from Npgsql alone where Aspire's packages are not to be had.</summary>
public static class PostgresExtensions
{
    /// <summary>
    /// Adds a singleton <see cref="NpgsqlDataSource"/> for <c>ConnectionStrings:{connectionName}</c> with health check, traces and metrics.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">Name of the connection string.</param>
    /// <param name="configure">Adds type mappings.</param>
    /// <exception cref="InvalidOperationException">On first use, where the connection string is missing.</exception>
    public static void AddPostgres(this IHostApplicationBuilder builder, string connectionName, Action<NpgsqlDataSourceBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
#if USE_ASPIRE
        builder.AddNpgsqlDataSource(connectionName, configureDataSourceBuilder: configure);
#else
        builder.Services.AddSingleton(services =>
        {
            var dataSource = new NpgsqlDataSourceBuilder(ConnectionStrings.Require(builder.Configuration, connectionName));
            dataSource.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            configure?.Invoke(dataSource);
            return dataSource.Build();
        });
        builder.Services.AddHealthChecks().AddCheck<PostgresHealthCheck>("PostgreSql");
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddNpgsql())
            .WithMetrics(metrics => metrics.AddMeter("Npgsql"));
#endif
    }
}
