using Npgsql;

namespace MovieSir.Inference.Offline.Train;

/// <summary>The encoder whose embeddings a model was trained with. Weights and trees are fitted to it: another one needs a training of its own.</summary>
internal sealed record TrainingEncoder(string Name, int Dimension)
{
    /// <summary>Null where no movie has an embedding by this encoder.</summary>
    public static async Task<TrainingEncoder?> FindAsync(NpgsqlDataSource source, string name, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT dimension FROM catalog.encoders e
            WHERE name = $1 AND EXISTS (SELECT FROM catalog.movie_embeddings m WHERE m.encoder_id = e.encoder_id AND m.embedding IS NOT NULL)
            """);
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellationToken) is int dimension ? new TrainingEncoder(name, dimension) : null;
    }

    public override string ToString() => FormattableString.Invariant($"{Name} ({Dimension} dimensions)");
}
