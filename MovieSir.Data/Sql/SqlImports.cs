using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Data.Sql;

/// <summary>Writes many rows by binary COPY.</summary>
public static class SqlImports
{
    /// <summary>Begins a binary COPY.</summary>
    /// <param name="connection">The connection; it serves nothing else until the importer is disposed of.</param>
    /// <param name="copy"><c>COPY … FROM STDIN (FORMAT binary)</c>.</param>
    /// <param name="cancellationToken">Ends the beginning.</param>
    public static Task<NpgsqlBinaryImporter> BeginImportAsync(
        this NpgsqlConnection connection, SqlStatement copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(copy);
        return connection.BeginBinaryImportAsync(copy.Text, cancellationToken);
    }

    /// <summary>Writes a column of the row; null as NULL.</summary>
    /// <param name="importer">The importer.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">PostgreSQL's type of the column.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public static Task WriteNullableAsync<T>(this NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(importer);
        return value is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(value, type, cancellationToken);
    }

    /// <inheritdoc cref="WriteNullableAsync{T}(NpgsqlBinaryImporter, T, NpgsqlDbType, CancellationToken)"/>
    public static Task WriteNullableAsync<T>(this NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(importer);
        return value is { } known ? importer.WriteAsync(known, type, cancellationToken) : importer.WriteNullAsync(cancellationToken);
    }
}
