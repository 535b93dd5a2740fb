using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Train;

/// <summary>Reads which encoders a model can be trained with (<c>catalog.encoders</c>).</summary>
internal sealed class TrainingEncoderStore(NpgsqlDataSource source)
{
    private static readonly SqlStatement Dimension = new(
        """
        SELECT dimension FROM catalog.encoders e
        WHERE name = $1 AND EXISTS (SELECT FROM catalog.movie_embeddings m WHERE m.encoder_id = e.encoder_id AND m.embedding IS NOT NULL)
        """,
        "text");

    /// <summary>Null where no movie has an embedding by this encoder.</summary>
    public async Task<TrainingEncoder?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Dimension, [name]);
        return await command.ScalarAsync<int?>(cancellationToken) is { } dimension ? new TrainingEncoder(name, dimension) : null;
    }
}
