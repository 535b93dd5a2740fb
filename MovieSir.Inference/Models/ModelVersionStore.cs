using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Models;

/// <summary>A model version as it is stored, without its rows (<see cref="ModelRowStore"/>).</summary>
internal sealed record StoredVersion
{
    public required string Name { get; init; }

    public required string Algorithm { get; init; }

    public required int Dimension { get; init; }

    /// <summary>Movies with factors.</summary>
    public required int ItemCount { get; init; }

    /// <summary>JSON object.</summary>
    public required string Hyperparameters { get; init; }

    /// <summary>JSON object.</summary>
    public required string Metrics { get; init; }

    /// <summary>JSON object; null where the version has no learned ranking.</summary>
    public string? Ranking { get; init; }

    public required byte[] Checksum { get; init; }
}

/// <summary>Reads model versions (<c>catalog.model_versions</c>).</summary>
internal static class ModelVersionStore
{
    private static readonly SqlStatement Find = new(
        """
        SELECT name, algorithm, dimension, item_count, hyperparameters::text, metrics::text, ranking::text, checksum
        FROM catalog.model_versions WHERE model_version_id = $1
        """,
        "bigint");

    /// <summary>One version; null where there is none.</summary>
    public static async Task<StoredVersion?> FindAsync(
        NpgsqlConnection connection, long modelVersionId, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(Find, [modelVersionId]).Within(timeoutSeconds);
        return await command.ReadFirstAsync(
            reader => new StoredVersion
            {
                Name = reader.GetString(0),
                Algorithm = reader.GetString(1),
                Dimension = reader.GetInt32(2),
                ItemCount = reader.GetInt32(3),
                Hyperparameters = reader.GetString(4),
                Metrics = reader.GetString(5),
                Ranking = reader.GetNullable<string>(6),
                Checksum = reader.GetFieldValue<byte[]>(7),
            },
            cancellationToken);
    }
}
