using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using Npgsql;
using Pgvector;

namespace MovieSir.Inference.Catalog;

/// <param name="Revision">What was read.</param>
/// <param name="Snapshot">Null where it must not be served.</param>
/// <param name="Refusal">Why, where the snapshot is null.</param>
internal sealed record CatalogLoad(long Revision, CatalogSnapshot? Snapshot, string? Refusal);

/// <summary>
/// Reads one snapshot from PostgreSQL in one read-only, repeatable transaction, row by row: beyond the snapshot itself it holds one row.
/// </summary>
internal sealed class CatalogLoader(NpgsqlDataSource dataSource, ISentenceEncoder encoder, IOptions<CatalogOptions> options)
{
    public async Task<long> ReadRevisionAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT revision FROM catalog.state");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? throw MissingState();
    }

    /// <param name="current">
    /// What is served. Where only the model has changed since, the rest is taken from here. Null where nothing is served yet: a catalog whose model
    /// is refused is then still worth serving without it.
    /// </param>
    /// <param name="cancellationToken">Ends the load.</param>
    public async Task<CatalogLoad> LoadAsync(CatalogSnapshot? current, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var reader = new TransactionReader(connection, transaction, options.Value, cancellationToken);
        var (revision, contentRevision, modelVersionId) = await reader.ReadStateAsync();
        if (current?.ContentRevision == contentRevision)
        {
            try
            {
                var model = await reader.ReadModelAsync(
                    () => new ModelBuilder(current.MovieIds, current.RowOf, current.Successors?.Count ?? 0), modelVersionId);
                return new CatalogLoad(revision, current.With(revision, contentRevision, model, refusal: null), null);
            }
            catch (InvalidModelException exception)
            {
                return new CatalogLoad(revision, null, exception.Message);
            }
        }

        if (await reader.CountGenresAsync() is > SnapshotBuilder.MaximumGenres and var genres)
        {
            return new CatalogLoad(
                revision, null,
                $"It has {genres} genres, and at most {SnapshotBuilder.MaximumGenres} can be served: import its movies again, which leaves the others out.");
        }

        var builder = await reader.ReadMoviesAsync();
        if (builder.Count == 0)
        {
            return new CatalogLoad(revision, null, "It has no movies: import some.");
        }

        await reader.ReadLinksAsync(builder);
        try
        {
            await reader.ReadEmbeddingsAsync(builder, encoder);
            builder.SetModel(await reader.ReadModelAsync(builder.NewModel, modelVersionId));
        }
        catch (InvalidModelException exception) when (current is null || (exception is ForeignModelException foreign && IsOutlived(foreign.Model, current)))
        {
            builder.ModelRefusal = exception.Message;
        }
        catch (InvalidModelException exception)
        {
            return new CatalogLoad(revision, null, exception.Message);
        }

        return new CatalogLoad(revision, builder.Build(revision, contentRevision), null);
    }

    // It is the movies that were replaced, not the model: those that are gone must not be recommended until the next one is trained.
    private static bool IsOutlived(string model, CatalogSnapshot current) => current.Model is null || current.Model.Name == model;

    private static InvalidOperationException MissingState() => new("catalog.state has no row: apply the migrations.");

    private sealed class TransactionReader(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CatalogOptions options, CancellationToken cancellationToken)
    {
        public async Task<(long Revision, long ContentRevision, long? ModelVersionId)> ReadStateAsync()
        {
            await using var command = Command("SELECT revision, revision - model_publications, published_model_version_id FROM catalog.state");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2))
                : throw MissingState();
        }

        public async Task<SnapshotBuilder> ReadMoviesAsync()
        {
            var genres = await ReadNamesAsync("SELECT genre_id, name_en, name_ko FROM catalog.genres ORDER BY genre_id");
            var providers = await ReadNamesAsync("SELECT provider_id, name, name_ko FROM catalog.providers ORDER BY provider_id");
            var builder = new SnapshotBuilder(genres, providers, await CountAsync("SELECT count(*)::integer FROM catalog.movies")) { SimilarityBytes = (long)options.SimilarityMegabytes << 20 };
            await using var command = Command("""
                SELECT f.movie_id, f.title, f.title_ko, f.original_title, coalesce(f.overview_ko, f.overview), f.imdb_id, f.poster_path,
                       f.release_date, f.runtime_minutes, f.vote_average, f.vote_count, f.adult, coalesce(r.ratings, 0), coalesce(r.mean, 0)
                FROM catalog.movies f
                LEFT JOIN (SELECT movie_id, count(*)::integer AS ratings, avg(value)::real AS mean FROM catalog.ratings GROUP BY movie_id) r
                    USING (movie_id)
                ORDER BY f.movie_id
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                builder.AddMovie(new MovieFacts
                {
                    MovieId = reader.GetInt32(0),
                    TitleEn = reader.GetString(1),
                    TitleKo = TextOrNull(reader, 2),
                    OriginalTitle = TextOrNull(reader, 3),
                    Overview = TextOrNull(reader, 4),
                    ImdbId = TextOrNull(reader, 5),
                    PosterPath = TextOrNull(reader, 6),
                    ReleaseDate = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
                    RuntimeMinutes = reader.IsDBNull(8) ? null : reader.GetInt16(8),
                    VoteAverage = reader.GetFloat(9),
                    VoteCount = reader.GetInt32(10),
                    Adult = reader.GetBoolean(11),
                    RatingCount = reader.GetInt32(12),
                    RatingMean = reader.GetFloat(13),
                });
            }

            builder.EndMovies();
            return builder;
        }

        public async Task ReadLinksAsync(SnapshotBuilder builder)
        {
            await using (var command = Command("SELECT movie_id, genre_id FROM catalog.movie_genres"))
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    builder.AddGenre(reader.GetInt32(0), reader.GetInt32(1));
                }
            }

            await using (var command = Command(
                "SELECT movie_id, provider_id FROM catalog.movie_providers WHERE region = ANY($1) AND terms = ANY($2)", options.Regions, options.Terms))
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    builder.AddProvider(reader.GetInt32(0), reader.GetInt32(1));
                }
            }
        }

        public async Task ReadEmbeddingsAsync(SnapshotBuilder builder, ISentenceEncoder encoder)
        {
            await using var command = Command("""
                SELECT e.movie_id, e.embedding FROM catalog.movie_embeddings e JOIN catalog.encoders USING (encoder_id)
                WHERE name = $1 AND e.embedding IS NOT NULL
                """, encoder.Name);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            FloatMatrix? vectors = null;
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!builder.TryFindRow(reader.GetInt32(0), out var row))
                {
                    continue;
                }

                var vector = reader.GetFieldValue<Vector>(1).Memory;
                if (vector.Length != encoder.Dimension)
                {
                    throw new InvalidModelException(
                        $"The embedding of movie {reader.GetInt32(0)} has {vector.Length} dimensions, {encoder.Name} has {encoder.Dimension}: run `embed` again.");
                }

                vectors ??= new FloatMatrix(builder.Count, encoder.Dimension);
                vector.Span.CopyTo(vectors.Row(row));
            }

            if (vectors is not null)
            {
                builder.SetEmbeddings(encoder.Name, vectors);
            }
        }

        public async Task<ServedModel> ReadModelAsync(Func<ModelBuilder> newModel, long? modelVersionId)
        {
            if (modelVersionId is not { } id)
            {
                return ServedModel.None;
            }

            var version = await ReadVersionAsync(id);
            return await StoredRows.ReadAsync(
                transaction, id, options.LoadTimeoutSeconds, rows => ReadModelAsync(newModel(), version, rows), cancellationToken);
        }

        // Hashed and aligned movie by movie as it arrives; nothing of it is used before the checksum is found right.
        private static async Task<ServedModel> ReadModelAsync(ModelBuilder builder, Version version, StoredRows rows)
        {
            using var checksum = new ModelChecksum();
            var factors = new FloatMatrix(builder.Count, version.Dimension);
            var (items, shared) = (0, 0);
            await rows.VisitFactorsAsync((movieId, values) =>
            {
                if (values.Length != version.Dimension)
                {
                    throw new InvalidModelException(
                        $"Model {version.Name}: movie {movieId} has {values.Length} factors, the version says {version.Dimension}.");
                }

                checksum.AddFactors(movieId, values);
                items++;
                if (builder.TryFindRow(movieId, out var movie))
                {
                    shared++;
                    values.CopyTo(factors.Row(movie));
                }
            });

            InvalidModelException? fault = null;
            await rows.VisitSuccessorsAsync((movieId, successorIds, weights) =>
            {
                checksum.AddSuccessors(movieId, successorIds, weights);
                fault ??= SuccessorLists.FaultOf(movieId, weights);
                builder.AddSuccessors(movieId, successorIds, weights);
            });

            checksum.AddRanking(version.Ranking);
            if (items != version.ItemCount)
            {
                throw new InvalidModelException($"Model {version.Name} has {items} movies, the version says {version.ItemCount}.");
            }

            if (!CryptographicOperations.FixedTimeEquals(checksum.Finish(), version.Checksum))
            {
                throw new InvalidModelException($"What is stored of model {version.Name} does not agree with its checksum.");
            }

            if (fault is not null)
            {
                throw fault;
            }

            ModelCoverage.Require(version.Name, items, builder.Count, shared);
            builder.SetFactors(version.Name, factors, items, version.Parameters);
            builder.EndSuccessors(version.Succession.RecencyExponent);
            builder.SetRanking(version.Ranking is { } json ? LearnedRanking.FromJson(json) : null);
            return builder.Build();
        }

        private async Task<Version> ReadVersionAsync(long modelVersionId)
        {
            await using var command = Command(
                "SELECT name, dimension, item_count, hyperparameters::text, checksum, ranking::text FROM catalog.model_versions WHERE model_version_id = $1",
                modelVersionId);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                throw new InvalidModelException($"Model version {modelVersionId} is published and does not exist.");
            }

            var name = reader.GetString(0);
            try
            {
                var parameters = reader.GetString(3);
                var version = new Version(
                    modelVersionId, name, reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(4), IalsParameters.FromJson(parameters),
                    SuccessionParameters.FromJson(parameters), TextOrNull(reader, 5));
                return version.Dimension == version.Parameters.Dimension
                    ? version
                    : throw new InvalidModelException(
                        $"Model {name} has {version.Dimension} factors, its parameters say {version.Parameters.Dimension}.");
            }
            catch (Exception exception) when (exception is JsonException or ValidationException)
            {
                throw new InvalidModelException($"The parameters of model {name} cannot be read: {exception.Message}");
            }
        }

        private async Task<List<NamedEntry>> ReadNamesAsync(string sql)
        {
            await using var command = Command(sql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var entries = new List<NamedEntry>();
            while (await reader.ReadAsync(cancellationToken))
            {
                entries.Add(new NamedEntry(reader.GetInt32(0), reader.GetString(1), TextOrNull(reader, 2)));
            }

            return entries;
        }

        public Task<int> CountGenresAsync() => CountAsync("SELECT count(*)::integer FROM catalog.genres");

        private async Task<int> CountAsync(string sql)
        {
            await using var command = Command(sql);
            return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        private NpgsqlCommand Command(string sql, params object[] parameters)
        {
            var command = new NpgsqlCommand(sql, connection) { CommandTimeout = options.LoadTimeoutSeconds };
            foreach (var value in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return command;
        }

        private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private sealed record Version(
        long Id, string Name, int Dimension, int ItemCount, byte[] Checksum, IalsParameters Parameters, SuccessionParameters Succession, string? Ranking);
}
