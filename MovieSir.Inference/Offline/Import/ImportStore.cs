using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Import;

/// <summary>
/// Runs statements in the transaction of an import. They have no time limit: a merge of 25 million rows takes minutes. Cancellation ends them.
/// </summary>
internal abstract class ImportStore(NpgsqlConnection connection)
{
    protected NpgsqlConnection Connection { get; } = connection;

    /// <returns>The number of rows that were changed.</returns>
    protected static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(statement, values).Within(0);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    protected Task<int> ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        ExecuteAsync(Connection, statement, [], cancellationToken);

    protected Task<int> ExecuteAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken) =>
        ExecuteAsync(Connection, statement, values, cancellationToken);

    /// <inheritdoc cref="SqlCommands.ScalarAsync"/>
    protected async Task<T> ScalarAsync<T>(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand(statement, values).Within(0);
        return await command.ScalarAsync<T>(cancellationToken);
    }

    /// <summary>The two counts of a statement's one row.</summary>
    protected async Task<(long First, long Second)> CountsAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand(statement).Within(0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Begins a binary COPY without a time limit.</summary>
    protected static async Task<NpgsqlBinaryImporter> CopyAsync(NpgsqlConnection connection, SqlStatement copy, CancellationToken cancellationToken)
    {
        var importer = await connection.BeginImportAsync(copy, cancellationToken);
        importer.Timeout = Timeout.InfiniteTimeSpan;
        return importer;
    }
}
