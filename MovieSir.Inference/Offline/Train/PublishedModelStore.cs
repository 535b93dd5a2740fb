using MovieSir.Data.Sql;
using MovieSir.Inference.Models;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Offline.Train;

/// <summary>Writes model versions and says which one is served; used within the transaction of one publication.</summary>
internal sealed class PublishedModelStore(NpgsqlConnection connection)
{
    private static readonly SqlStatement List = new("""
        SELECT v.name, v.algorithm, v.dimension, v.item_count, v.metrics::text, v.hyperparameters::text, v.created_at,
               coalesce(v.model_version_id = s.published_model_version_id, false)
        FROM catalog.model_versions v CROSS JOIN catalog.state s
        ORDER BY v.model_version_id DESC
        """);

    private static readonly SqlStatement AddVersion = new(
        """
        INSERT INTO catalog.model_versions (name, algorithm, dimension, item_count, hyperparameters, metrics, ranking, checksum, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (name) DO NOTHING
        RETURNING model_version_id
        """,
        "text", "text", "integer", "integer", "jsonb", "jsonb", "json", "bytea", "timestamptz");

    private static readonly SqlStatement CopyFactors = new(
        "COPY catalog.item_factors (model_version_id, movie_id, factors) FROM STDIN (FORMAT binary)");

    private static readonly SqlStatement CopySuccessors = new(
        "COPY catalog.item_successors (model_version_id, movie_id, successor_ids, weights) FROM STDIN (FORMAT binary)");

    private static readonly SqlStatement CountMovies = new(
        """
        SELECT count(*)::integer, count(movie.movie_id)::integer, (SELECT count(*)::integer FROM catalog.movies)
        FROM catalog.item_factors LEFT JOIN catalog.movies movie USING (movie_id) WHERE model_version_id = $1
        """,
        "bigint");

    private static readonly SqlStatement PointState = new(
        """
        UPDATE catalog.state
        SET published_model_version_id = $1, revision = revision + 1, model_publications = model_publications + 1, updated_at = now()
        RETURNING revision
        """,
        "bigint");

    private static readonly SqlStatement Prune = new(
        """
        DELETE FROM catalog.model_versions WHERE model_version_id IN (
            SELECT v.model_version_id FROM catalog.model_versions v CROSS JOIN catalog.state s
            WHERE v.model_version_id <> s.published_model_version_id
            ORDER BY v.model_version_id DESC OFFSET $1)
        RETURNING name
        """,
        "integer");

    // The share lock keeps a concurrent publication from pruning the version before this transaction ends.
    private static readonly SqlStatement Find = new("SELECT model_version_id FROM catalog.model_versions WHERE name = $1 FOR SHARE", "text");

    /// <summary>Every stored version, newest first.</summary>
    public async Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(List);
        return await command.ReadAllAsync(
            reader => new StoredModel(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4), reader.GetString(5),
                reader.GetFieldValue<DateTimeOffset>(6), reader.GetBoolean(7)),
            cancellationToken);
    }

    /// <summary>Adds a version without its rows.</summary>
    /// <returns>Its id; null where the name is taken.</returns>
    public async Task<long?> AddVersionAsync(
        string name, TrainedModel model, byte[] checksum, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(
            AddVersion,
            [
                name, model.Algorithm, model.Dimension, model.MovieIds.Length,
                model.Hyperparameters, model.Metrics, model.Ranking, checksum, createdAt,
            ]);
        return await command.ScalarAsync<long?>(cancellationToken);
    }

    public async Task CopyFactorsAsync(long id, TrainedModel model, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginImportAsync(CopyFactors, cancellationToken);
        for (var row = 0; row < model.MovieIds.Length; row++)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(model.MovieIds[row], NpgsqlDbType.Integer, cancellationToken);
            var factors = model.Factors.AsSpan(row * model.Dimension, model.Dimension).ToArray();
            await writer.WriteAsync(factors, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Writes the lists of those movies that have successors.</summary>
    public async Task CopySuccessorsAsync(long id, SuccessorLists successors, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginImportAsync(CopySuccessors, cancellationToken);
        for (var movie = 0; movie < successors.MovieIds.Length; movie++)
        {
            if (successors.SuccessorsOf(movie).IsEmpty)
            {
                continue;
            }

            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(successors.MovieIds[movie], NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(successors.SuccessorsOf(movie).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(successors.WeightsOf(movie).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>How many movies a version, the catalog, and both of them have.</summary>
    public async Task<(int Model, int Shared, int Catalog)> CountMoviesAsync(long id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(CountMovies, [id]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken); // an aggregate has one row
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    /// <summary>Makes a version the one that is served.</summary>
    /// <returns>The catalog's new revision.</returns>
    public async Task<long> PointStateAsync(long id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(PointState, [id]);
        return await command.ScalarAsync<long?>(cancellationToken)
            ?? throw new InvalidOperationException("catalog.state has no row: apply the migrations.");
    }

    /// <summary>Removes the oldest versions beyond <paramref name="keepPrevious"/> unpublished ones.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(int keepPrevious, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(Prune, [keepPrevious]);
        return await command.ReadAllAsync(reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>The id of a version, which stays until the transaction ends; null where there is none.</summary>
    public async Task<long?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(Find, [name]);
        return await command.ScalarAsync<long?>(cancellationToken);
    }
}
