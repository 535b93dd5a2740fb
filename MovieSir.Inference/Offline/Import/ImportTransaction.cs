using Npgsql;

namespace MovieSir.Inference.Offline.Import;

/// <summary>How many rows an import read and changed.</summary>
/// <param name="Read">Rows of the file, good or bad.</param>
/// <param name="Accepted">Rows that could be used.</param>
/// <param name="Written">Movies or ratings that were added or are different now.</param>
/// <param name="Removed">Movies or ratings that are gone.</param>
/// <param name="Notes">What else a person should know.</param>
internal sealed record ImportCounts(long Read, long Accepted, long Written, long Removed, IReadOnlyList<string> Notes)
{
    /// <summary>Whether names of genres or providers are different now, which no movie counts for.</summary>
    public bool NamesChanged { get; init; }
}

/// <summary>
/// The one transaction that a file (or a batch from an API) is imported in: everything of it is kept or nothing is. An advisory lock, held until the
/// transaction ends, keeps two imports into the same data apart.
/// </summary>
internal sealed class ImportTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;
    private readonly ImportRunStore _runs;

    private ImportTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        _transaction = transaction;
        _runs = new ImportRunStore(connection);
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
            if (!await import._runs.TryLockAsync(lockName, cancellationToken))
            {
                console.WriteLine("Waiting for another import of the same data to end.");
                await import._runs.LockAsync(lockName, cancellationToken);
            }

            return import;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="ImportRunStore.FindLastAsync"/>
    public Task<DateTime?> FindLastImportAsync(string kind, string fileName, byte[] sha256, CancellationToken cancellationToken) =>
        _runs.FindLastAsync(kind, fileName, sha256, cancellationToken);

    /// <summary>Writes the run down, tells serving processes where something changed, and commits.</summary>
    public async Task CommitAsync(
        string kind,
        string fileName,
        byte[]? sha256,
        DateTimeOffset startedAt,
        ImportCounts counts,
        long rejected,
        CancellationToken cancellationToken)
    {
        await _runs.AddAsync(kind, fileName, sha256, startedAt, counts, rejected, cancellationToken);
        if (counts.Written > 0 || counts.Removed > 0 || counts.NamesChanged)
        {
            await _runs.AnnounceAsync(cancellationToken);
        }

        await _transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Rolls back whatever was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
