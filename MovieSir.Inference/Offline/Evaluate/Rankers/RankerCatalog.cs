using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>The methods that can be judged, by name. Those that share a trained model train it once.</summary>
/// <param name="data">What they learn from.</param>
/// <param name="parameters">Of iALS, and of what is served.</param>
/// <param name="degreeOfParallelism">Threads to train with.</param>
/// <param name="cancellationToken">Ends training.</param>
internal sealed class RankerCatalog(
    TrainingData data, HybridParameters parameters, int degreeOfParallelism, CancellationToken cancellationToken)
{
    private static readonly Dictionary<string, (bool NeedsEmbeddings, Func<RankerCatalog, IRanker> Create)> Methods = new(StringComparer.Ordinal)
    {
        ["popularity"] = (false, all => new PopularityRanker(all._data)),
        ["votes"] = (false, all => new VotesRanker(all._data.Candidates)),
        ["encoder"] = (true, all => new EmbeddingRanker(all._data.Candidates)),
        ["first-service"] = (true, all => new FirstServiceRanker(all._data, all._factors.Value, all._parameters.Dimension, all.NewestRelease())),
        ["user-knn"] = (false, all => new UserKnnRanker(all._data)),
        ["item-knn"] = (false, all => new ItemKnnRanker(all._data)),
        ["ials"] = (false, all => new IalsRanker(all._data, all._factors.Value, all._parameters with { RecencyExponent = 0f })),
        ["ials-recency"] = (false, all => new IalsRanker(all._data, all._factors.Value, all._parameters)),
        ["ease"] = (false, all => new EaseRanker(all._data)),
        ["sequence-knn"] = (false, all => new SequenceKnnRanker(
            all._data, all._parameters.PositiveThreshold, all._degreeOfParallelism, all._cancellationToken)),
        ["served"] = (false, all => new ServedRanker("what is served", all._snapshot.Value)),
        ["track-a"] = (false, all => new TrackRanker("track A's scores", all._snapshot.Value, discovery: false)),
        ["track-b"] = (false, all => new TrackRanker("track B's scores", all._snapshot.Value, discovery: true)),
    };

    private readonly TrainingData _data = data;
    private readonly IalsParameters _parameters = parameters.Ials;
    private readonly int _degreeOfParallelism = degreeOfParallelism;
    private readonly CancellationToken _cancellationToken = cancellationToken;
    private readonly Lazy<CatalogSnapshot> _snapshot = new(() => Snapshot(data, parameters, degreeOfParallelism, cancellationToken));
    private readonly Lazy<float[]> _factors =
        new(() => new IalsTrainer(parameters.Ials, degreeOfParallelism).Train(data.Positives, cancellationToken: cancellationToken).ItemFactors);

    public static IReadOnlyCollection<string> Names => Methods.Keys;

    /// <summary>Whether a method ranks by sentence embeddings.</summary>
    public static bool NeedsEmbeddings(string name) => Methods[name].NeedsEmbeddings;

    /// <summary>Fits a method.</summary>
    public IRanker Create(string name) => Methods[name].Create(this);

    private static CatalogSnapshot Snapshot(
        TrainingData data, HybridParameters parameters, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        var model = new HybridTrainer(parameters, degreeOfParallelism).Train(data.Ratings, data.Candidates, null, cancellationToken);
        return model.Snapshot(data.Candidates, data.Ratings, parameters);
    }

    /// <summary>The day up to which votes are counted: that of the data, not of the run, so that a run can be repeated.</summary>
    private DateOnly NewestRelease() => _data.Candidates.Movies.Max(movie => movie.ReleaseDate) ?? DateOnly.MinValue;
}
