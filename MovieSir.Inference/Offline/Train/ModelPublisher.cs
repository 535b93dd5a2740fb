using System.Globalization;
using MovieSir.Inference.Models;
using Npgsql;

namespace MovieSir.Inference.Offline.Train;

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
        var store = new PublishedModelStore(connection);
        var (id, name) = await InsertVersionAsync(store, model, checksum, cancellationToken);
        await store.CopyFactorsAsync(id, model, cancellationToken);
        await RequireCoverageAsync(store, id, name, cancellationToken);
        if (model.Successors is { } successors)
        {
            await store.CopySuccessorsAsync(id, successors, cancellationToken);
        }

        var revision = await store.PointStateAsync(id, cancellationToken);
        var pruned = await store.PruneAsync(keepPrevious, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PublishedModel(name, revision, pruned);
    }

    /// <summary>Publishes a version that is stored already: the way back from a model that turned out badly.</summary>
    /// <returns>Null where no version has this name.</returns>
    /// <exception cref="InvalidModelException">
    /// What is stored is not what was trained, or was trained on other movies. Nothing was changed.
    /// </exception>
    public async Task<PublishedModel?> PublishStoredAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var store = new PublishedModelStore(connection);
        if (await store.FindAsync(name, cancellationToken) is not { } id)
        {
            return null;
        }

        await VerifyStoredAsync(transaction, id, cancellationToken);
        await RequireCoverageAsync(store, id, name, cancellationToken);
        var revision = await store.PointStateAsync(id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PublishedModel(name, revision, []);
    }

    /// <summary>Every stored version, newest first.</summary>
    public async Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await new PublishedModelStore(connection).ListAsync(cancellationToken);
    }

    private async Task<(long Id, string Name)> InsertVersionAsync(
        PublishedModelStore store, TrainedModel model, byte[] checksum, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // To the millisecond: a name that pruning has freed must not come back for another model.
        var stem = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmss.fff'Z'}-{model.Algorithm}{model.Dimension}");
        for (var attempt = 1; ; attempt++)
        {
            var name = attempt == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{attempt}");
            if (await store.AddVersionAsync(name, model, checksum, now, cancellationToken) is { } id)
            {
                return (id, name);
            }
        }
    }

    private static async Task VerifyStoredAsync(NpgsqlTransaction transaction, long id, CancellationToken cancellationToken)
    {
        var version = await ModelVersionStore.FindAsync(transaction.Connection!, id, ReadTimeoutSeconds, cancellationToken)
            ?? throw new InvalidOperationException($"Model version {id} is gone within the transaction that found it.");
        await ModelRowStore.ReadAsync(
            transaction,
            id,
            ReadTimeoutSeconds,
            async rows =>
            {
                var (movieIds, factors) = (new List<int>(version.ItemCount), new List<float>(version.ItemCount * version.Dimension));
                await rows.VisitFactorsAsync((movieId, values) =>
                {
                    movieIds.Add(movieId);
                    factors.AddRange(values);
                });
                var stored = new TrainedModel
                {
                    Algorithm = version.Algorithm,
                    Dimension = version.Dimension,
                    MovieIds = [.. movieIds],
                    Factors = [.. factors],
                    Successors = await rows.ReadSuccessorsAsync(),
                    Ranking = version.Ranking,
                    Hyperparameters = version.Hyperparameters,
                    Metrics = version.Metrics,
                };
                stored.Validate();
                return movieIds.Count == version.ItemCount && ModelChecksum.Compute(stored).AsSpan().SequenceEqual(version.Checksum)
                    ? stored
                    : throw new InvalidModelException($"What is stored of {version.Name} does not agree with its checksum.");
            },
            cancellationToken);
    }

    /// <exception cref="ForeignModelException">It was trained on other movies than there are now.</exception>
    private static async Task RequireCoverageAsync(PublishedModelStore store, long id, string name, CancellationToken cancellationToken)
    {
        var counts = await store.CountMoviesAsync(id, cancellationToken);
        ModelCoverage.Require(name, counts.Model, counts.Catalog, counts.Shared);
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
