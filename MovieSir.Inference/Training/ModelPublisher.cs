using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Training;

/// <summary>
/// Stores model versions and says which one is served. Every change is one transaction that ends by raising <c>catalog.state.revision</c>: a serving
/// process sees a model whole or not at all, and is told by the notification that the state's trigger sends.
/// </summary>
internal sealed class ModelPublisher(NpgsqlDataSource source, TimeProvider time)
{
    // Npgsql's own default.
    private const int ReadTimeoutSeconds = 30;

    /// <summary>Stores a model, publishes it, and removes the oldest versions beyond <paramref name="keepPrevious"/> unpublished ones.</summary>
    /// <exception cref="InvalidModelException">The model must not be served. Nothing was changed.</exception>
    public async Task<PublishedModel> PublishAsync(TrainedModel model, int keepPrevious, CancellationToken cancellationToken)
    {
        model.Validate();
        var checksum = ModelChecksum.Compute(model);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (id, name) = await InsertVersionAsync(connection, model, checksum, cancellationToken);
        await CopyFactorsAsync(connection, id, model, cancellationToken);
        await RequireCoverageAsync(connection, id, name, cancellationToken);
        await CopySuccessorsAsync(connection, id, model, cancellationToken);
        var revision = await PointStateAsync(connection, id, cancellationToken);
        var pruned = await PruneAsync(connection, keepPrevious, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PublishedModel(name, revision, pruned);
    }

    /// <summary>Publishes a version that is stored already: the way back from a model that turned out badly.</summary>
    /// <returns>Null where no version has this name.</returns>
    /// <exception cref="InvalidModelException">What is stored is not what was trained, or was trained on other movies. Nothing was changed.</exception>
    public async Task<PublishedModel?> PublishStoredAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(connection, name, cancellationToken) is not { } id)
        {
            return null;
        }

        await VerifyStoredAsync(transaction, id, name, cancellationToken);
        await RequireCoverageAsync(connection, id, name, cancellationToken);
        var revision = await PointStateAsync(connection, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PublishedModel(name, revision, []);
    }

    /// <summary>Every stored version, newest first.</summary>
    public async Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            SELECT v.name, v.algorithm, v.dimension, v.item_count, v.metrics::text, v.hyperparameters::text, v.created_at,
                   v.model_version_id = s.published_model_version_id
            FROM catalog.model_versions v CROSS JOIN catalog.state s
            ORDER BY v.model_version_id DESC
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var models = new List<StoredModel>();
        while (await reader.ReadAsync(cancellationToken))
        {
            models.Add(new StoredModel(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4), reader.GetString(5),
                reader.GetFieldValue<DateTimeOffset>(6), !reader.IsDBNull(7) && reader.GetBoolean(7)));
        }

        return models;
    }

    private async Task<(long Id, string Name)> InsertVersionAsync(
        NpgsqlConnection connection, TrainedModel model, byte[] checksum, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // To the millisecond: a name that pruning has freed must not come back for another model.
        var stem = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmss.fff'Z'}-{model.Algorithm}{model.Dimension}");
        for (var attempt = 1; ; attempt++)
        {
            var name = attempt == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{attempt}");
            await using var command = new NpgsqlCommand("""
                INSERT INTO catalog.model_versions (name, algorithm, dimension, item_count, hyperparameters, metrics, ranking, checksum, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (name) DO NOTHING
                RETURNING model_version_id
                """, connection)
            {
                Parameters =
                {
                    new() { Value = name },
                    new() { Value = model.Algorithm },
                    new() { Value = model.Dimension },
                    new() { Value = model.MovieIds.Length },
                    new() { Value = model.Hyperparameters, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = model.Metrics, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = (object?)model.Ranking ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json },
                    new() { Value = checksum },
                    new() { Value = now },
                },
            };
            if (await command.ExecuteScalarAsync(cancellationToken) is long id)
            {
                return (id, name);
            }
        }
    }

    private static async Task CopyFactorsAsync(NpgsqlConnection connection, long id, TrainedModel model, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY catalog.item_factors (model_version_id, movie_id, factors) FROM STDIN (FORMAT binary)", cancellationToken);
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

    private static async Task CopySuccessorsAsync(NpgsqlConnection connection, long id, TrainedModel model, CancellationToken cancellationToken)
    {
        if (model.Successors is not { } successors)
        {
            return;
        }

        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY catalog.item_successors (model_version_id, movie_id, successor_ids, weights) FROM STDIN (FORMAT binary)", cancellationToken);
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

    private static async Task<long> PointStateAsync(NpgsqlConnection connection, long id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE catalog.state
            SET published_model_version_id = $1, revision = revision + 1, model_publications = model_publications + 1, updated_at = now()
            RETURNING revision
            """, connection)
        {
            Parameters = { new() { Value = id } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is long revision
            ? revision
            : throw new InvalidOperationException("catalog.state has no row: apply the migrations.");
    }

    private static async Task<IReadOnlyList<string>> PruneAsync(NpgsqlConnection connection, int keepPrevious, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            DELETE FROM catalog.model_versions WHERE model_version_id IN (
                SELECT v.model_version_id FROM catalog.model_versions v CROSS JOIN catalog.state s
                WHERE v.model_version_id <> s.published_model_version_id
                ORDER BY v.model_version_id DESC OFFSET $1)
            RETURNING name
            """, connection)
        {
            Parameters = { new() { Value = keepPrevious } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pruned = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            pruned.Add(reader.GetString(0));
        }

        return pruned;
    }

    private static async Task<long?> FindAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        // The share lock keeps a concurrent publication from pruning the version before this transaction ends.
        await using var command = new NpgsqlCommand("SELECT model_version_id FROM catalog.model_versions WHERE name = $1 FOR SHARE", connection)
        {
            Parameters = { new() { Value = name } },
        };
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task VerifyStoredAsync(NpgsqlTransaction transaction, long id, string name, CancellationToken cancellationToken)
    {
        var (model, itemCount, checksum) = await ReadVersionAsync(transaction.Connection!, id, cancellationToken);
        await StoredRows.ReadAsync(
            transaction,
            id,
            ReadTimeoutSeconds,
            async rows =>
            {
                var (movieIds, factors) = (new List<int>(itemCount), new List<float>(itemCount * model.Dimension));
                await rows.VisitFactorsAsync((movieId, values) =>
                {
                    movieIds.Add(movieId);
                    factors.AddRange(values);
                });
                var stored = model with { MovieIds = [.. movieIds], Factors = [.. factors], Successors = await rows.ReadSuccessorsAsync() };
                stored.Validate();
                return movieIds.Count == itemCount && ModelChecksum.Compute(stored).AsSpan().SequenceEqual(checksum)
                    ? stored
                    : throw new InvalidModelException($"What is stored of {name} does not agree with its checksum.");
            },
            cancellationToken);
    }

    /// <exception cref="ForeignModelException">It was trained on other movies than there are now.</exception>
    private static async Task RequireCoverageAsync(NpgsqlConnection connection, long id, string name, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(
            connection,
            """
            SELECT count(*)::integer, count(movie.movie_id)::integer, (SELECT count(*)::integer FROM catalog.movies)
            FROM catalog.item_factors LEFT JOIN catalog.movies movie USING (movie_id) WHERE model_version_id = $1
            """,
            id, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        ModelCoverage.Require(name, modelMovies: reader.GetInt32(0), catalogMovies: reader.GetInt32(2), shared: reader.GetInt32(1));
    }

    private static async Task<(TrainedModel Model, int ItemCount, byte[] Checksum)> ReadVersionAsync(
        NpgsqlConnection connection, long id, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(
            connection,
            """
            SELECT algorithm, dimension, hyperparameters::text, metrics::text, ranking::text, item_count, checksum
            FROM catalog.model_versions WHERE model_version_id = $1
            """,
            id, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var model = new TrainedModel
        {
            Algorithm = reader.GetString(0),
            Dimension = reader.GetInt32(1),
            MovieIds = [],
            Factors = [],
            Hyperparameters = reader.GetString(2),
            Metrics = reader.GetString(3),
            Ranking = reader.IsDBNull(4) ? null : reader.GetString(4),
        };
        return (model, reader.GetInt32(5), reader.GetFieldValue<byte[]>(6));
    }

    private static async Task<NpgsqlDataReader> ReadAsync(NpgsqlConnection connection, string sql, long id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteReaderAsync(cancellationToken);
    }
}

/// <param name="Name">Name in answers.</param>
/// <param name="Revision">Revision of the catalog from which it is served.</param>
/// <param name="Pruned">Names of the versions that were removed for it.</param>
internal sealed record PublishedModel(string Name, long Revision, IReadOnlyList<string> Pruned);

/// <param name="Name">Name in answers.</param>
/// <param name="Algorithm">For example <c>ials</c>.</param>
/// <param name="Dimension">Factors of a movie.</param>
/// <param name="ItemCount">Movies with factors.</param>
/// <param name="Metrics">JSON object.</param>
/// <param name="Hyperparameters">JSON object.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="IsPublished">Whether it is the one that is served.</param>
internal sealed record StoredModel(
    string Name, string Algorithm, int Dimension, int ItemCount, string Metrics, string Hyperparameters, DateTimeOffset CreatedAt, bool IsPublished);
