using MovieSir.Data.Sql;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Reads the movies that are ranked from the catalog.</summary>
internal sealed class CandidateMovieStore(NpgsqlDataSource source)
{
    private static readonly SqlStatement Movies = new(
        """
        SELECT m.movie_id, m.vote_average, m.vote_count, m.release_date,
               ARRAY(SELECT g.genre_id FROM catalog.movie_genres g WHERE g.movie_id = m.movie_id ORDER BY g.genre_id),
               e.embedding, m.runtime_minutes
        FROM catalog.movies m
        LEFT JOIN catalog.movie_embeddings e ON e.movie_id = m.movie_id
            AND e.encoder_id = (SELECT encoder_id FROM catalog.encoders WHERE name = $1)
        WHERE $2 OR NOT m.is_stub
        """,
        "text",
        "boolean");

    private static readonly SqlStatement DimensionOfEncoder = new(
        """
        SELECT dimension FROM catalog.encoders e
        WHERE name = $1 AND EXISTS (SELECT FROM catalog.movie_embeddings m WHERE m.encoder_id = e.encoder_id AND m.embedding IS NOT NULL)
        """,
        "text");

    /// <summary>How long the embeddings by an encoder are. Null where no movie has one.</summary>
    public async Task<int?> ReadDimensionAsync(string encoder, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(DimensionOfEncoder, [encoder]);
        return await command.ScalarAsync<int?>(cancellationToken);
    }

    /// <summary>The movies of the catalog.</summary>
    /// <param name="encoder">Name of the encoder whose embeddings are read; null for none.</param>
    /// <param name="withStubs">Whether to take also the movies that only a ratings source knows.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task<IReadOnlyList<CandidateMovie>> ReadAsync(string? encoder, bool withStubs, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Movies, [encoder, withStubs]);
        return await command.ReadAllAsync(
            reader => new CandidateMovie(reader.GetInt32(0))
            {
                VoteAverage = reader.GetFloat(1),
                VoteCount = reader.GetInt32(2),
                ReleaseDate = reader.GetNullable<DateOnly>(3),
                Genres = reader.GetFieldValue<int[]>(4),
                Embedding = reader.GetNullable<Vector>(5)?.ToArray(),
                RuntimeMinutes = reader.GetNullable<short>(6),
            },
            cancellationToken);
    }
}
