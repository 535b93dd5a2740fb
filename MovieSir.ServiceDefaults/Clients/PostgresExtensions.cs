using Microsoft.Extensions.Configuration;
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

        // Aspire reads the connection string here and now. Ours is read on first use, and its absence is told in words that say what to do.
        builder.AddNpgsqlDataSource(
            connectionName,
            settings => settings.ConnectionString = "Host=set-on-first-use",
            source =>
            {
                source.ConnectionStringBuilder.ConnectionString = Require(builder.Configuration, connectionName);
                configure?.Invoke(source);
            });
    }

    private static string Require(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException(
                $"No connection string '{name}'. Set the environment variable ConnectionStrings__{name}, or start everything with ./moviesir up.");
}
