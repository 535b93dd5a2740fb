using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Import;

/// <summary>How many rows an import read and changed.</summary>
/// <param name="Read">Rows of the file, good or bad.</param>
/// <param name="Accepted">Rows that could be used.</param>
/// <param name="Written">Movies or ratings that were added or are different now.</param>
/// <param name="Removed">Movies or ratings that are gone.</param>
/// <param name="Notes">What else a person should know.</param>
internal sealed record ImportCounts(long Read, long Accepted, long Written, long Removed, IReadOnlyList<string> Notes);

/// <summary>
/// The one transaction that a file (or a batch from an API) is imported in: everything of it is kept or nothing is. An advisory lock, held until the
/// transaction ends, keeps two imports into the same data apart.
/// </summary>
internal sealed class ImportTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private ImportTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        _transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>Begins, and waits for any other import that holds the lock.</summary>
    public static async Task<ImportTransaction> BeginAsync(
        NpgsqlDataSource dataSource, string lockName, ImportConsole console, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var import = new ImportTransaction(connection, await connection.BeginTransactionAsync(cancellationToken));
            if (!(bool)(await import.ScalarAsync("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, lockName))!)
            {
                console.WriteLine("Waiting for another import of the same data to end.");
                await import.ScalarAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, lockName);
            }

            return import;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>When this content was imported, where it was the last to be imported under this kind and name; otherwise null.</summary>
    public async Task<DateTime?> FindLastImportAsync(string kind, string fileName, byte[] sha256, CancellationToken cancellationToken) =>
        (DateTime?)await ScalarAsync(
            """
            SELECT finished_at FROM (
                SELECT finished_at, sha256 FROM catalog.import_runs WHERE kind = $1 AND file_name = $2 ORDER BY import_run_id DESC LIMIT 1) last
            WHERE sha256 = $3
            """,
            cancellationToken, kind, fileName, sha256);

    /// <summary>Writes the run down, tells serving processes where something changed, and commits.</summary>
    public async Task CommitAsync(
        string kind, string fileName, byte[]? sha256, DateTimeOffset startedAt, ImportCounts counts, long rejected, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            INSERT INTO catalog.import_runs (kind, file_name, sha256, rows_read, rows_written, rows_rejected, started_at, finished_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
            """,
            cancellationToken,
            kind,
            fileName,
            new NpgsqlParameter { Value = (object?)sha256 ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            counts.Read,
            counts.Written,
            rejected,
            startedAt);
        if (counts.Written > 0 || counts.Removed > 0)
        {
            await ExecuteAsync("UPDATE catalog.state SET revision = revision + 1, updated_at = clock_timestamp()", cancellationToken);
        }

        await _transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Runs a statement; a merge of 25 million rows takes minutes, so that only cancellation ends it early.</summary>
    /// <returns>The number of rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = CreateCommand(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc cref="ExecuteAsync"/>
    /// <returns>The first column of the first row, or null.</returns>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = CreateCommand(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }

    /// <summary>Rolls back whatever was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private NpgsqlCommand CreateCommand(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection, _transaction) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
