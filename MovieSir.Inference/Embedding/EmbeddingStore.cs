using System.Data;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Pgvector;

namespace MovieSir.Inference.Embedding;

/// <summary>A movie as it is stored, with the hash that its embedding was made from; null where it has none yet.</summary>
internal sealed record StoredMovie(MovieFacts Facts, byte[]? SourceHash);

/// <summary>One movie's new embedding; a null vector says that the encoder has none for this movie.</summary>
internal sealed record NewEmbedding(int MovieId, byte[] SourceHash, float[]? Vector);

/// <summary>Embeddings of one encoder in PostgreSQL (<c>catalog.encoders</c>, <c>catalog.movie_embeddings</c>).</summary>
internal sealed class EmbeddingStore(NpgsqlDataSource source)
{
    // pgvector's HNSW takes vectors of up to 2,000 dimensions, and up to 4,000 at half precision.
    private const int MaxIndexedDimension = 2000;

    /// <summary>Registers an encoder, once, and gives its id.</summary>
    /// <exception cref="EmbeddingException">An encoder of this name is stored with another dimension.</exception>
    public async Task<short> EnsureEncoderAsync(string name, int dimension, CancellationToken cancellationToken)
    {
        // Looked for first: an INSERT would spend a number of the sequence on every run.
        await using var command = source.CreateCommand("""
            WITH found AS (SELECT encoder_id, dimension FROM catalog.encoders WHERE name = $1),
            added AS (
                INSERT INTO catalog.encoders (name, dimension) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM found)
                ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
                RETURNING encoder_id, dimension)
            SELECT * FROM found UNION ALL SELECT * FROM added
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = dimension });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var stored = reader.GetInt32(1);
        return stored == dimension
            ? reader.GetInt16(0)
            : throw new EmbeddingException(
                $"The database holds embeddings of {stored} dimensions under the name {name}; this encoder's have {dimension}. Give it a name of its own (Encoder:Name).");
    }

    /// <summary>Lets one process at a time embed with an encoder, until the result is disposed of or the process ends; another waits.</summary>
    public async Task<IAsyncDisposable> LockAsync(short encoderId, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await AdvisoryAsync(connection, "pg_advisory_lock", encoderId, cancellationToken);
            return new Turn(connection, encoderId);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<long> CountMoviesAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM catalog.movies");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The movies after an id, in ascending id.</summary>
    public async Task<IReadOnlyList<StoredMovie>> ReadMoviesAsync(short encoderId, int afterMovieId, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT f.movie_id, f.title, f.title_ko, extract(year FROM f.release_date)::int,
                   ARRAY(SELECT g.name_en FROM catalog.movie_genres l JOIN catalog.genres g USING (genre_id) WHERE l.movie_id = f.movie_id ORDER BY genre_id),
                   f.keywords, f.overview, f.overview_ko, e.source_hash
            FROM catalog.movies f LEFT JOIN catalog.movie_embeddings e ON e.encoder_id = $1 AND e.movie_id = f.movie_id
            WHERE f.movie_id > $2
            ORDER BY f.movie_id LIMIT $3
            """);
        command.Parameters.Add(new() { Value = encoderId });
        command.Parameters.Add(new() { Value = afterMovieId });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var movies = new List<StoredMovie>(limit);
        while (await reader.ReadAsync(cancellationToken))
        {
            var facts = new MovieFacts(
                reader.GetInt32(0), reader.GetString(1), Text(2), reader.IsDBNull(3) ? null : reader.GetInt32(3),
                reader.GetFieldValue<string[]>(4), reader.GetFieldValue<string[]>(5), Text(6), Text(7));
            movies.Add(new StoredMovie(facts, reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8)));
        }

        return movies;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>Writes embeddings, replacing older ones; movies that were deleted meanwhile are left out.</summary>
    public async Task WriteAsync(short encoderId, IReadOnlyCollection<NewEmbedding> embeddings, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            WITH present AS (SELECT movie_id FROM catalog.movies WHERE movie_id = ANY($2) ORDER BY movie_id FOR KEY SHARE)
            INSERT INTO catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding, updated_at)
            SELECT $1, movie_id, source_hash, embedding, now()
            FROM unnest($2, $3, $4) AS new (movie_id, source_hash, embedding) JOIN present USING (movie_id)
            ORDER BY movie_id
            ON CONFLICT (encoder_id, movie_id) DO UPDATE
            SET source_hash = EXCLUDED.source_hash, embedding = EXCLUDED.embedding, updated_at = EXCLUDED.updated_at
            """);
        command.Parameters.Add(new() { Value = encoderId });
        command.Parameters.Add(new() { Value = embeddings.Select(embedding => embedding.MovieId).ToArray() });
        command.Parameters.Add(new() { Value = embeddings.Select(embedding => embedding.SourceHash).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = embeddings.Select(embedding => embedding.Vector is null ? null : new Vector(embedding.Vector)).ToArray(), DataTypeName = "vector[]" });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Tells serving processes that there is something new. Also what an earlier run wrote and could not announce, because it was killed:
    /// where <paramref name="wroteNow"/> is false, only if an embedding is newer than the last announcement.
    /// </summary>
    public async Task AnnounceAsync(short encoderId, bool wroteNow, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            UPDATE catalog.state SET revision = revision + 1, updated_at = now()
            WHERE $2 OR EXISTS (SELECT FROM catalog.movie_embeddings e WHERE e.encoder_id = $1 AND e.updated_at >= state.updated_at)
            """);
        command.Parameters.Add(new() { Value = encoderId });
        command.Parameters.Add(new() { Value = wroteNow });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Creates the encoder's index for searching in SQL, where it is missing: HNSW by cosine distance (Malkov and Yashunin, 2016), over
    /// this encoder's rows alone. A query uses it when it filters by the encoder's id and casts as the index does.
    /// </summary>
    /// <returns>Whether it was created now.</returns>
    public async Task<bool> EnsureIndexAsync(short encoderId, int dimension, CancellationToken cancellationToken)
    {
        // Identifiers and type modifiers cannot be parameters; these are numbers.
        var index = string.Create(CultureInfo.InvariantCulture, $"ix_movie_embeddings_hnsw_{encoderId}");
        var type = dimension <= MaxIndexedDimension ? "vector" : "halfvec";
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('catalog.' || $1) IS NOT NULL", connection) { Parameters = { new() { Value = index } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
        {
            return false;
        }

        // One worker with memory of its own: parallel workers share it through /dev/shm, which containers keep small.
        await using var create = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            SET LOCAL max_parallel_maintenance_workers = 0;
            SET LOCAL maintenance_work_mem = '512MB';
            CREATE INDEX {index} ON catalog.movie_embeddings
            USING hnsw ((embedding::{type}({dimension})) {type}_cosine_ops) WHERE encoder_id = {encoderId};
            """), connection) { CommandTimeout = 0 };
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task AdvisoryAsync(NpgsqlConnection connection, string function, short encoderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}(hashtextextended('catalog.movie_embeddings', $1))", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = (long)encoderId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Turn(NpgsqlConnection connection, short encoderId) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The lock belongs to the session, which outlives this in the pool.
            await using (connection)
            {
                if (connection.State == ConnectionState.Open)
                {
                    await AdvisoryAsync(connection, "pg_advisory_unlock", encoderId, CancellationToken.None);
                }
            }
        }
    }
}
