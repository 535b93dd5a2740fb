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

    /// <summary>Adds <see cref="DatabaseMigrator"/> and a pooled factory of <see cref="MovieSirDbContext"/> over the registered source.</summary>
    public static IServiceCollection AddMovieSirData(this IServiceCollection services)
    {
        services.AddPooledDbContextFactory<MovieSirDbContext>((provider, options) =>
            options.UseMovieSir(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<DatabaseMigrator>();
        return services;
    }

    internal static DbContextOptionsBuilder UseMovieSir(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) => options
        // A command that fails throws. EF Core need not log it as an error too.
        .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug)))
        .UseNpgsql(dataSource, npgsql => npgsql
            .UseVector()
            .MigrationsHistoryTable("migrations", "public")
            // The provider's own strategy does not retry either, but wraps the NpgsqlException of an outage in an InvalidOperationException.
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
