using System.Data;
using Npgsql;

namespace MovieSir.Data.Sql;

/// <summary>
/// Locks that processes take turns by (PostgreSQL's advisory locks). A lock belongs to a connection: a process that dies releases what it holds.
/// </summary>
public static class AdvisoryLockStore
{
    private static readonly SqlStatement Lock = new("SELECT pg_advisory_lock(hashtextextended($1, $2))", "text", "bigint");

    private static readonly SqlStatement TryLock = new("SELECT pg_try_advisory_lock(hashtextextended($1, $2))", "text", "bigint");

    private static readonly SqlStatement Unlock = new("SELECT pg_advisory_unlock(hashtextextended($1, $2))", "text", "bigint");

    /// <summary>Takes a lock, waiting for whoever holds it.</summary>
    /// <param name="source">The database.</param>
    /// <param name="name">What is locked, for example <c>catalog.train</c>.</param>
    /// <param name="part">Which part of it, where parts are locked one by one; otherwise zero.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>Releases the lock when it is disposed of.</returns>
    public static async Task<IAsyncDisposable> LockAsync(NpgsqlDataSource source, string name, long part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = connection.CreateCommand(Lock, [name, part]).Within(0);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new Held(connection, name, part);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a lock if nobody holds it.</summary>
    /// <returns>Releases the lock when it is disposed of; null where somebody holds it.</returns>
    /// <inheritdoc cref="LockAsync"/>
    public static async Task<IAsyncDisposable?> TryLockAsync(NpgsqlDataSource source, string name, long part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = connection.CreateCommand(TryLock, [name, part]);
            if (await command.ScalarAsync<bool>(cancellationToken))
            {
                return new Held(connection, name, part);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private sealed class Held(NpgsqlConnection connection, string name, long part) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The pool keeps the connection, and with it the lock: it is released by a statement. A broken connection has released it already.
            await using (connection)
            {
                if (connection.State == ConnectionState.Open)
                {
                    await using var command = connection.CreateCommand(Unlock, [name, part]);
                    await command.ExecuteNonQueryAsync(CancellationToken.None);
                }
            }
        }
    }
}
