using Npgsql;

namespace MovieSir.Data.Sql;

/// <summary>Makes commands from statements and runs them. A value that is null is sent as NULL.</summary>
public static class SqlCommands
{
    /// <summary>A command on a connection of the pool. Disposing of the command (or of its reader) gives the connection back.</summary>
    /// <param name="source">The database.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="values">One value for each parameter.</param>
    /// <exception cref="ArgumentException">There are more values than parameters, or fewer.</exception>
    public static NpgsqlCommand CreateCommand(this NpgsqlDataSource source, SqlStatement statement, ReadOnlySpan<object?> values = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(statement);
        var command = source.CreateCommand(statement.Text);
        Bind(command.Parameters, statement, values);
        return command;
    }

    /// <summary>A command on this connection, inside its transaction where one is open.</summary>
    /// <inheritdoc cref="CreateCommand(NpgsqlDataSource, SqlStatement, ReadOnlySpan{object?})"/>
    public static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, SqlStatement statement, ReadOnlySpan<object?> values = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(statement);
        var command = new NpgsqlCommand(statement.Text, connection);
        Bind(command.Parameters, statement, values);
        return command;
    }

    /// <summary>Adds a statement to a batch.</summary>
    /// <exception cref="ArgumentException">There are more values than parameters, or fewer.</exception>
    public static void Add(this NpgsqlBatch batch, SqlStatement statement, ReadOnlySpan<object?> values = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(statement);
        var command = new NpgsqlBatchCommand(statement.Text);
        Bind(command.Parameters, statement, values);
        batch.BatchCommands.Add(command);
    }

    /// <summary>Sets how long the command may take. Without this it may take what the connection string says, 30 seconds by default.</summary>
    /// <param name="command">The command.</param>
    /// <param name="seconds">Seconds; zero for no limit.</param>
    public static NpgsqlCommand Within(this NpgsqlCommand command, int seconds)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.CommandTimeout = seconds;
        return command;
    }

    /// <summary>The first column of the first row.</summary>
    /// <typeparam name="T">Its type; a nullable one where there may be no row, or NULL in it.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="InvalidOperationException">There is no row, or NULL in it, and <typeparamref name="T"/> is not nullable.</exception>
    public static async Task<T> ScalarAsync<T>(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            T value => value,
            null or DBNull when default(T) is null => default!,
            var other => throw new InvalidOperationException(
                $"A value of type {typeof(T).Name} was expected, not {other ?? "no row"}: {command.CommandText}"),
        };
    }

    /// <summary>All rows.</summary>
    /// <param name="command">The command.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static async Task<List<T>> ReadAllAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first row, or null where there is none.</summary>
    /// <inheritdoc cref="ReadAllAsync"/>
    public static async Task<T?> ReadFirstAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }

    private static void Bind(NpgsqlParameterCollection parameters, SqlStatement statement, ReadOnlySpan<object?> values)
    {
        if (values.Length != statement.ParameterTypes.Count)
        {
            throw new ArgumentException(
                $"{values.Length} values were given for {statement.ParameterTypes.Count} parameters: {statement.Text}", nameof(values));
        }

        for (var position = 0; position < values.Length; position++)
        {
            parameters.Add(new NpgsqlParameter { DataTypeName = statement.ParameterTypes[position], Value = values[position] ?? DBNull.Value });
        }
    }
}
