using Microsoft.Extensions.Hosting;
using Npgsql;

namespace MovieSir.ServiceDefaults;

/// <summary>Registers PostgreSQL by Aspire's client integration.</summary>
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
        builder.AddNpgsqlDataSource(connectionName, configureDataSourceBuilder: configure);
    }
}
