using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MovieSir.Data;

/// <summary>Registers the database for a host that has an <see cref="NpgsqlDataSource"/> (MovieSir.ServiceDefaults gives one).</summary>
public static class DataExtensions
{
    /// <summary>Types that the data source must know: call it where the source is built.</summary>
    public static NpgsqlDataSourceBuilder UseMovieSirTypes(this NpgsqlDataSourceBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseVector();
        return builder;
    }

    /// <summary>Adds a pooled factory of <see cref="MovieSirDbContext"/> over the registered data source, and <see cref="DatabaseMigrator"/>.</summary>
    public static IServiceCollection AddMovieSirData(this IServiceCollection services)
    {
        services.AddPooledDbContextFactory<MovieSirDbContext>((provider, options) =>
            options.UseMovieSir(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<DatabaseMigrator>();
        return services;
    }

    internal static DbContextOptionsBuilder UseMovieSir(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) => options
        // A command that fails throws; logged as an error too, the first migration's look for its own table would only alarm.
        .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug)))
        .UseNpgsql(dataSource, npgsql => npgsql
            .UseVector()
            .MigrationsHistoryTable("migrations", "public")
            // The provider's own strategy does not retry either, but hides an outage's NpgsqlException in an InvalidOperationException.
            .ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
        .UseSnakeCaseNamingConvention();
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the context; it never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<MovieSirDbContext>
{
    public MovieSirDbContext CreateDbContext(string[] args)
    {
        var builder = new NpgsqlDataSourceBuilder("Host=design-time");
        var options = new DbContextOptionsBuilder<MovieSirDbContext>();
        options.UseMovieSir(builder.UseMovieSirTypes().Build());
        return new MovieSirDbContext(options.Options);
    }
}
