using Npgsql;

namespace MovieSir.Data.Sql;

/// <summary>Reads columns that may be NULL.</summary>
public static class SqlReading
{
    /// <summary>A column's value, or null.</summary>
    public static T? GetNullable<T>(this NpgsqlDataReader reader, int column)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
    }
}

/// <inheritdoc cref="SqlReading"/>
/// <remarks>A class of its own: C# takes two methods that differ in their constraints alone only from two classes.</remarks>
public static class SqlValueReading
{
    /// <inheritdoc cref="SqlReading.GetNullable"/>
    public static T? GetNullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
    }
}
