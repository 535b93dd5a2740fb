using System.Globalization;
using MovieSir.Data.Sql;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Offline.Embed;

/// <summary>A movie as it is stored, with the hash that its embedding was made from; null where it has none yet.</summary>
internal sealed record StoredMovie(MovieFacts Facts, byte[]? SourceHash);

/// <summary>One movie's new embedding; a null vector says that the encoder has none for this movie.</summary>
internal sealed record NewEmbedding(int MovieId, byte[] SourceHash, float[]? Vector);

/// <summary>Embeddings of one encoder in PostgreSQL (<c>catalog.encoders</c>, <c>catalog.movie_embeddings</c>).</summary>
internal sealed class EmbeddingStore(NpgsqlDataSource source)
{
    private const string LockName = "catalog.movie_embeddings";

    // pgvector's HNSW takes vectors of up to 2,000 dimensions, and up to 4,000 at half precision.
    private const int MaxIndexedDimension = 2000;

    // Looked for first: an INSERT would spend a number of the sequence on every run.
    private static readonly SqlStatement EnsureEncoder = new(
        """
        WITH found AS (SELECT encoder_id, dimension FROM catalog.encoders WHERE name = $1),
        added AS (
            INSERT INTO catalog.encoders (name, dimension) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM found)
            ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
            RETURNING encoder_id, dimension)
        SELECT * FROM found UNION ALL SELECT * FROM added
        """,
        "text", "integer");

    private static readonly SqlStatement CountMovies = new("SELECT count(*) FROM catalog.movies");

    private static readonly SqlStatement Movies = new(
        """
        SELECT m.movie_id, m.title, m.title_ko, extract(year FROM m.release_date)::int,
               ARRAY(SELECT g.name_en FROM catalog.movie_genres l JOIN catalog.genres g USING (genre_id)
                   WHERE l.movie_id = m.movie_id ORDER BY genre_id),
               m.keywords, m.overview, m.overview_ko, e.source_hash
        FROM catalog.movies m LEFT JOIN catalog.movie_embeddings e ON e.encoder_id = $1 AND e.movie_id = m.movie_id
        WHERE m.movie_id > $2
        ORDER BY m.movie_id LIMIT $3
        """,
        "smallint", "integer", "integer");

    private static readonly SqlStatement Write = new(
        """
        WITH present AS (SELECT movie_id FROM catalog.movies WHERE movie_id = ANY($2) ORDER BY movie_id FOR KEY SHARE)
        INSERT INTO catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding, updated_at)
        SELECT $1, movie_id, source_hash, embedding, now()
        FROM unnest($2, $3, $4) AS new (movie_id, source_hash, embedding) JOIN present USING (movie_id)
        ORDER BY movie_id
        ON CONFLICT (encoder_id, movie_id) DO UPDATE
        SET source_hash = EXCLUDED.source_hash, embedding = EXCLUDED.embedding, updated_at = EXCLUDED.updated_at
        """,
        "smallint", "integer[]", "bytea[]", "vector[]");

    private static readonly SqlStatement Announce = new(
        """
        UPDATE catalog.state SET revision = revision + 1, updated_at = now()
        WHERE $2 OR EXISTS (SELECT FROM catalog.movie_embeddings e WHERE e.encoder_id = $1 AND e.updated_at >= state.updated_at)
        """,
        "smallint", "boolean");

    private static readonly SqlStatement IndexExists = new("SELECT to_regclass('catalog.' || $1) IS NOT NULL", "text");

    /// <summary>Registers an encoder, once, and gives its id.</summary>
    /// <exception cref="EmbeddingException">An encoder of this name is stored with another dimension.</exception>
    public async Task<short> EnsureEncoderAsync(string name, int dimension, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(EnsureEncoder, [name, dimension]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var stored = reader.GetInt32(1);
        return stored == dimension
            ? reader.GetInt16(0)
            : throw new EmbeddingException(
                $"The database holds embeddings of {stored} dimensions under the name {name}; this encoder's have {dimension}. "
                + "Give it a name of its own (Encoder:Name).");
    }

    /// <summary>Lets one process at a time embed with an encoder, until the result is disposed of or the process ends; another waits.</summary>
    public Task<IAsyncDisposable> LockAsync(short encoderId, CancellationToken cancellationToken) =>
        AdvisoryLockStore.LockAsync(source, LockName, encoderId, cancellationToken);

    public async Task<long> CountMoviesAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(CountMovies);
        return await command.ScalarAsync<long>(cancellationToken);
    }

    /// <summary>The movies after an id, in ascending id.</summary>
    public async Task<IReadOnlyList<StoredMovie>> ReadMoviesAsync(short encoderId, int afterMovieId, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Movies, [encoderId, afterMovieId, limit]);
        return await command.ReadAllAsync(
            reader => new StoredMovie(
                new MovieFacts(
                    reader.GetInt32(0), reader.GetString(1), reader.GetNullable<string>(2), reader.GetNullable<int>(3),
                    reader.GetFieldValue<string[]>(4), reader.GetFieldValue<string[]>(5),
                    reader.GetNullable<string>(6), reader.GetNullable<string>(7)),
                reader.GetNullable<byte[]>(8)),
            cancellationToken);
    }

    /// <summary>Writes embeddings, replacing older ones; movies that were deleted meanwhile are left out.</summary>
    public async Task WriteAsync(short encoderId, IReadOnlyCollection<NewEmbedding> embeddings, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            Write,
            [
                encoderId,
                embeddings.Select(embedding => embedding.MovieId).ToArray(),
                embeddings.Select(embedding => embedding.SourceHash).ToArray(),
                embeddings.Select(embedding => embedding.Vector is null ? null : new Vector(embedding.Vector)).ToArray(),
            ]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Tells serving processes that there is something new. Also what an earlier run wrote and could not announce, because it was killed:
    /// where <paramref name="wroteNow"/> is false, only if an embedding is newer than the last announcement.
    /// </summary>
    public async Task AnnounceAsync(short encoderId, bool wroteNow, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Announce, [encoderId, wroteNow]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Creates the encoder's index for searching in SQL, where it is missing: HNSW by cosine distance (Malkov and Yashunin, 2016), over
    /// this encoder's rows alone. A query uses it when it filters by the encoder's id and casts as the index does.
    /// </summary>
    /// <returns>Whether it was created now.</returns>
    public async Task<bool> EnsureIndexAsync(short encoderId, int dimension, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var exists = connection.CreateCommand(IndexExists, [IndexName(encoderId)]);
        if (await exists.ScalarAsync<bool>(cancellationToken))
        {
            return false;
        }

        await using var create = connection.CreateCommand(CreateIndex(encoderId, dimension)).Within(0);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static string IndexName(short encoderId) => string.Create(CultureInfo.InvariantCulture, $"ix_movie_embeddings_hnsw_{encoderId}");

    // Identifiers and type modifiers cannot be parameters; these are numbers.
    // One worker with memory of its own: parallel workers share it through /dev/shm, which containers keep small.
    private static SqlStatement CreateIndex(short encoderId, int dimension)
    {
        var type = dimension <= MaxIndexedDimension ? "vector" : "halfvec";
        return new SqlStatement(string.Create(CultureInfo.InvariantCulture, $"""
            SET LOCAL max_parallel_maintenance_workers = 0;
            SET LOCAL maintenance_work_mem = '512MB';
            CREATE INDEX {IndexName(encoderId)} ON catalog.movie_embeddings
            USING hnsw ((embedding::{type}({dimension})) {type}_cosine_ops) WHERE encoder_id = {encoderId};
            """));
    }
}
