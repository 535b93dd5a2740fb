using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using MovieSir.ServiceDefaults;
using Npgsql;

namespace MovieSir.Inference.Catalog;

/// <param name="Revision">What was read.</param>
/// <param name="Snapshot">Null where it must not be served.</param>
/// <param name="Refusal">Why, where the snapshot is null.</param>
internal sealed record CatalogLoad(long Revision, CatalogSnapshot? Snapshot, string? Refusal);

/// <summary>
/// Reads one snapshot from PostgreSQL in one read-only, repeatable transaction, row by row: beyond the snapshot itself it holds one row.
/// </summary>
internal sealed class CatalogLoader(
    NpgsqlDataSource dataSource,
    ISentenceEncoder encoder,
    IOptions<CatalogOptions> options,
    IOptions<AvailabilityOptions> availability,
    IOptions<ScoringOptions> scoring)
{
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => CatalogStore.ReadRevisionAsync(dataSource, cancellationToken);

    /// <param name="current">
    /// What is served. Where only the model has changed since, the rest is taken from here. Null where nothing is served yet: a catalog whose model
    /// is refused is then still worth serving without it.
    /// </param>
    /// <param name="cancellationToken">Ends the load.</param>
    public async Task<CatalogLoad> LoadAsync(CatalogSnapshot? current, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var store = new CatalogStore(connection, options.Value, availability.Value, cancellationToken);
        var (revision, contentRevision, modelVersionId) = await store.ReadStateAsync();
        if (current?.ContentRevision == contentRevision)
        {
            try
            {
                var model = await ReadModelAsync(
                    transaction,
                    () => new ModelBuilder(current.MovieIds, current.RowOf, current.Successors?.Count ?? 0),
                    modelVersionId,
                    cancellationToken);
                return new CatalogLoad(revision, current.With(revision, contentRevision, model, refusal: null), null);
            }
            catch (InvalidModelException exception)
            {
                return new CatalogLoad(revision, null, exception.Message);
            }
        }

        if (await store.CountGenresAsync() is > SnapshotBuilder.MaximumGenres and var genres)
        {
            return new CatalogLoad(
                revision,
                null,
                $"It has {genres} genres, and at most {SnapshotBuilder.MaximumGenres} can be served: "
                + "import its movies again, which leaves the others out.");
        }

        var builder = await ReadMoviesAsync(store);
        if (builder.Count == 0)
        {
            return new CatalogLoad(revision, null, "It has no movies: import some.");
        }

        await store.VisitMovieGenresAsync(builder.AddGenre);
        await store.VisitMovieProvidersAsync(builder.AddProvider);
        try
        {
            await ReadEmbeddingsAsync(store, builder);
            builder.SetModel(await ReadModelAsync(transaction, builder.NewModel, modelVersionId, cancellationToken));
        }
        catch (InvalidModelException exception) when (current is null
            || (exception is ForeignModelException foreign && IsOutlived(foreign.Model, current)))
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

    private async Task<SnapshotBuilder> ReadMoviesAsync(CatalogStore store)
    {
        var genres = await store.ReadGenresAsync();
        var providers = await store.ReadProvidersAsync();
        var builder = new SnapshotBuilder(genres, providers, await store.CountMoviesAsync())
        {
            SimilarityBytes = (long)options.Value.SimilarityMegabytes << 20,
            Scoring = scoring.Value,
        };
        await store.VisitMoviesAsync(builder.AddMovie);
        builder.EndMovies();
        return builder;
    }

    private async Task ReadEmbeddingsAsync(CatalogStore store, SnapshotBuilder builder)
    {
        if (!encoder.IsEnabled)
        {
            return;
        }

        FloatMatrix? vectors = null;
        await store.VisitEmbeddingsAsync(encoder.Name, (movieId, vector, dimension) =>
        {
            if (!builder.TryFindRow(movieId, out var row))
            {
                return;
            }

            if (vector.Length != dimension)
            {
                throw new InvalidModelException(
                    $"The embedding of movie {movieId} has {vector.Length} dimensions, {encoder.Name} has {dimension}: run `embed` again.");
            }

            vectors ??= new FloatMatrix(builder.Count, dimension);
            vector.Span.CopyTo(vectors.Row(row));
        });

        if (vectors is not null)
        {
            builder.SetEmbeddings(encoder.Name, vectors);
        }
    }

    private async Task<ServedModel> ReadModelAsync(
        NpgsqlTransaction transaction, Func<ModelBuilder> newModel, long? modelVersionId, CancellationToken cancellationToken)
    {
        if (modelVersionId is not { } id)
        {
            return ServedModel.None;
        }

        var timeoutSeconds = options.Value.LoadTimeoutSeconds;
        var stored = await ModelVersionStore.FindAsync(transaction.Connection!, id, timeoutSeconds, cancellationToken)
            ?? throw new InvalidModelException($"Model version {id} is published and does not exist.");
        var version = Version.Of(stored);
        return await ModelRowStore.ReadAsync(transaction, id, timeoutSeconds, rows => ReadModelAsync(newModel(), version, rows), cancellationToken);
    }

    // Hashed and aligned movie by movie as it arrives; nothing of it is used before the checksum is found right.
    private static async Task<ServedModel> ReadModelAsync(ModelBuilder builder, Version version, ModelRowStore rows)
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
        checksum.AddHyperparameters(version.Hyperparameters);
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
        builder.SetScoring(version.Scoring);
        return builder.Build();
    }

    private sealed record Version(
        string Name,
        int Dimension,
        int ItemCount,
        byte[] Checksum,
        string Hyperparameters,
        IalsParameters Parameters,
        SuccessionParameters Succession,
        ScoringOptions? Scoring,
        string? Ranking)
    {
        /// <exception cref="InvalidModelException">Its parameters cannot be read, or say something else than its columns.</exception>
        public static Version Of(StoredVersion stored)
        {
            try
            {
                var parameters = IalsParameters.FromJson(stored.Hyperparameters);
                return stored.Dimension == parameters.Dimension
                    ? new Version(
                        stored.Name, stored.Dimension, stored.ItemCount, stored.Checksum, stored.Hyperparameters, parameters,
                        SuccessionParameters.FromJson(stored.Hyperparameters), ScoringOptions.FromJson(stored.Hyperparameters), stored.Ranking)
                    : throw new InvalidModelException(
                        $"Model {stored.Name} has {stored.Dimension} factors, its parameters say {parameters.Dimension}.");
            }
            catch (Exception exception) when (exception is JsonException or ValidationException)
            {
                throw new InvalidModelException($"The parameters of model {stored.Name} cannot be read: {exception.Message}");
            }
        }
    }
}
