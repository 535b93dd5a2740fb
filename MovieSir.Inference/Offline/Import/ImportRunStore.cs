using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Import;

/// <summary>What was imported and when (<c>catalog.import_runs</c>), whose turn it is, and the news for serving processes.</summary>
internal sealed class ImportRunStore(NpgsqlConnection connection) : ImportStore(connection)
{
    private static readonly SqlStatement TryLock = new("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", "text");

    private static readonly SqlStatement Lock = new("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "text");

    private static readonly SqlStatement FindLast = new(
        """
        SELECT finished_at FROM (
            SELECT finished_at, sha256 FROM catalog.import_runs WHERE kind = $1 AND file_name = $2 ORDER BY import_run_id DESC LIMIT 1) last
        WHERE sha256 = $3
        """,
        "text", "text", "bytea");

    private static readonly SqlStatement Add = new(
        """
        INSERT INTO catalog.import_runs (kind, file_name, sha256, rows_read, rows_written, rows_rejected, started_at, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
        """,
        "text", "text", "bytea", "bigint", "bigint", "bigint", "timestamptz");

    private static readonly SqlStatement Forget = new("DELETE FROM catalog.import_runs WHERE kind LIKE $1 AND file_name LIKE $2", "text", "text");

    private static readonly SqlStatement Announce = new("UPDATE catalog.state SET revision = revision + 1, updated_at = clock_timestamp()");

    /// <summary>Takes a lock until the transaction ends, if nobody holds it.</summary>
    public Task<bool> TryLockAsync(string name, CancellationToken cancellationToken) => ScalarAsync<bool>(TryLock, [name], cancellationToken);

    /// <summary>Takes a lock until the transaction ends, waiting for whoever holds it.</summary>
    public Task LockAsync(string name, CancellationToken cancellationToken) => ExecuteAsync(Lock, [name], cancellationToken);

    /// <summary>When this content was imported, where it was the last to be imported under this kind and name; otherwise null.</summary>
    public Task<DateTime?> FindLastAsync(string kind, string fileName, byte[] sha256, CancellationToken cancellationToken) =>
        ScalarAsync<DateTime?>(FindLast, [kind, fileName, sha256], cancellationToken);

    /// <summary>Writes a run down.</summary>
    public Task AddAsync(
        string kind,
        string fileName,
        byte[]? sha256,
        DateTimeOffset startedAt,
        ImportCounts counts,
        long rejected,
        CancellationToken cancellationToken) =>
        ExecuteAsync(Add, [kind, fileName, sha256, counts.Read, counts.Written, rejected, startedAt], cancellationToken);

    /// <summary>Removes runs whose rows are gone, so that the same file is not taken for imported and unchanged.</summary>
    /// <param name="kind">Pattern of LIKE.</param>
    /// <param name="fileName">Pattern of LIKE.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task ForgetAsync(string kind, string fileName, CancellationToken cancellationToken) =>
        ExecuteAsync(Forget, [kind, fileName], cancellationToken);

    /// <summary>Tells serving processes, when the transaction is committed, that the catalog has changed.</summary>
    public Task AnnounceAsync(CancellationToken cancellationToken) => ExecuteAsync(Announce, cancellationToken);
}
