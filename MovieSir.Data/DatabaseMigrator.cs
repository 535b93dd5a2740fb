using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Data;

/// <summary>Brings the schema up to date. Any number of instances may call it at once: one works and the others wait.</summary>
public sealed class DatabaseMigrator(
    IDbContextFactory<MovieSirDbContext> contexts, NpgsqlDataSource dataSource, ILogger<DatabaseMigrator> logger)
{
    private const string LockName = "moviesir.migrations";

    /// <summary>Applies what is missing.</summary>
    /// <returns>The names of the migrations that this call applied.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var turn = await AdvisoryLockStore.LockAsync(dataSource, LockName, part: 0, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Without this, EF Core reads its missing history first, and PostgreSQL logs an error that alarms people.
        await context.Database.ExecuteSqlRawAsync(context.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
        {
            return pending;
        }

        logger.LogInformation("Applying {Count} database migrations: {Migrations}", pending.Count, string.Join(", ", pending));
        await context.Database.MigrateAsync(cancellationToken);
        // A migration may have created the vector type. Connections that were opened before do not know it.
        await dataSource.ReloadTypesAsync(cancellationToken);
        return pending;
    }
}
