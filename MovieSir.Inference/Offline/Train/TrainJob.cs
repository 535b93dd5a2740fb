using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MovieSir.Data.Sql;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;
using Npgsql;

namespace MovieSir.Inference.Offline.Train;

/// <summary>What a training run is asked for.</summary>
internal sealed record TrainSettings
{
    public HybridParameters Parameters { get; init; } = new();

    /// <summary>Names of rating sources; empty for all.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>Unpublished versions that are kept to go back to.</summary>
    public int KeepPrevious { get; init; } = 3;

    public int DegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Train although nothing has changed, and publish although popularity ranks better.</summary>
    public bool Force { get; init; }
}

internal enum TrainOutcome
{
    Published,
    Unchanged,
    TooLittleData,
    RefusedByQualityGate,
    AlreadyRunning,
}

/// <summary>Trains a model on the ratings of the database, judges it on held-out users, and publishes it.</summary>
/// <param name="source">The database.</param>
/// <param name="encoder">Name of the encoder whose embeddings are one of the signals; null for none.</param>
/// <param name="publisher">Stores what was trained.</param>
/// <param name="output">Takes what is said of the run, line by line.</param>
internal sealed class TrainJob(NpgsqlDataSource source, string? encoder, ModelPublisher publisher, Action<string> output)
{
    public const string Algorithm = "hybrid";

    private const string LockName = "catalog.train";

    // Below this, what is learned is chance: a model of a few dozen users ranks worse than popularity.
    public const int MinimumUsers = 50;
    public const int MinimumPositives = 1000;

    /// <exception cref="InvalidModelException">Training gave a model that must not be served. Nothing was changed.</exception>
    /// <exception cref="ArithmeticException">Training has diverged.</exception>
    public async Task<TrainOutcome> RunAsync(TrainSettings settings, CancellationToken cancellationToken)
    {
        await using var turn = await AdvisoryLockStore.TryLockAsync(source, LockName, part: 0, cancellationToken);
        if (turn is null)
        {
            WriteLine($"Another training run is under way in this database: wait for it, or end it.");
            return TrainOutcome.AlreadyRunning;
        }

        return await TrainAsync(settings, cancellationToken);
    }

    private async Task<TrainOutcome> TrainAsync(TrainSettings settings, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var parameters = settings.Parameters;
        var all = await new RatingStore(source).ReadAsync(settings.Sources, 0f, cancellationToken);
        var ratings = all.WithoutDuplicateUsers();
        var positives = ratings.CountFrom(parameters.Ials.PositiveThreshold);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output(string.Create(
            CultureInfo.InvariantCulture,
            $"{ratings.Count:N0} ratings by {ratings.UserCount:N0} users, {positives:N0} of them positive (at least "
            + $"{parameters.Ials.PositiveThreshold}), read in {seconds:N1} s{Without(all.UserCount - ratings.UserCount)}."));
        if (ratings.UserCount < MinimumUsers || positives < MinimumPositives)
        {
            output(string.Create(
                CultureInfo.InvariantCulture,
                $"Too little to learn from: at least {MinimumPositives:N0} positives by {MinimumUsers} users are needed. "
                + $"Import ratings (`import`), or lower --positive-threshold."));
            return TrainOutcome.TooLittleData;
        }

        var movies = new CandidateMovieStore(source);
        var used = encoder is not null && await movies.ReadDimensionAsync(encoder, cancellationToken) is { } dimension
            ? new TrainingEncoder(encoder, dimension)
            : null;
        var record = TrainingRecord.Of(parameters, ratings, used);
        if (!settings.Force && (await publisher.ListAsync(cancellationToken)).FirstOrDefault(record.IsOf) is { } same)
        {
            output(NothingToDo(same));
            return TrainOutcome.Unchanged;
        }

        var candidates = new CandidateMovies(await movies.ReadAsync(used?.Name, withStubs: true, cancellationToken));
        var protocol = new EvaluationProtocol { PositiveThreshold = parameters.Ials.PositiveThreshold };
        WriteLine($"Embeddings: {used?.ToString() ?? "none"}.");
        WriteLine($"Judging the parameters on held-out users.");
        var comparison = new QualityGate(protocol, parameters, settings.DegreeOfParallelism).Judge(ratings, candidates, cancellationToken);
        if (!Passes(comparison, settings.Force))
        {
            return comparison is null ? TrainOutcome.TooLittleData : TrainOutcome.RefusedByQualityGate;
        }

        WriteLine($"Training on all users.");
        var trained = new HybridTrainer(parameters, settings.DegreeOfParallelism)
            .Train(ratings, candidates, new Progress(this, parameters.Ials.Epochs), cancellationToken);
        var model = Model(trained, record, Metrics(trained, candidates, comparison));
        var published = await publisher.PublishAsync(model, settings.KeepPrevious, cancellationToken);
        output(string.Create(
            CultureInfo.InvariantCulture,
            $"{published.Name} is published (revision {published.Revision}): {model.MovieIds.Length:N0} movies x {model.Dimension} factors, "
            + $"{trained.Successors.Weights.Length:N0} successors, {Learned(trained.Ranking)}."));
        if (published.Pruned.Count > 0)
        {
            WriteLine($"Removed: {string.Join(", ", published.Pruned)}.");
        }

        return TrainOutcome.Published;
    }

    private bool Passes(HeldOutComparison? comparison, bool force)
    {
        if (comparison is null)
        {
            output("No user has enough positives to judge the model by"
                + (force ? ": published unjudged, as --force asks." : ". Import more ratings, or publish it unjudged with --force."));
            return force;
        }

        var (model, popularity) = (comparison.Model, comparison.Popularity);
        output(string.Create(
            CultureInfo.InvariantCulture,
            $"On {comparison.Users:N0} held-out users: nDCG@10 {model.Ndcg:F3}, Recall@20 {model.Recall:F3}, HR@10 {model.HitRate:F3} "
            + $"(popularity {popularity.Ndcg:F3}, {popularity.Recall:F3}, {popularity.HitRate:F3})."));
        if (comparison.Passes || force)
        {
            return true;
        }

        output("Not published: the model ranks worse than plain popularity. Change the parameters or the data; --force publishes it all the same.");
        return false;
    }

    private static TrainedModel Model(HybridModel trained, TrainingRecord record, string metrics) => new()
    {
        Algorithm = Algorithm,
        Dimension = record.Parameters.Ials.Dimension,
        MovieIds = trained.Positives.MovieIds,
        Factors = trained.Factors.ItemFactors,
        Successors = trained.Successors,
        Ranking = trained.Ranking?.ToJson(),
        Hyperparameters = record.ToJson(),
        Metrics = metrics,
    };

    private static string NothingToDo(StoredModel same)
    {
        var made = $"Nothing to do: {same.Name} was made from the same ratings and embeddings with the same parameters";
        return same.IsPublished
            ? $"{made}, and is published. --force trains anew."
            : $"{made}, but is not published. `models publish {same.Name}` publishes it; --force trains anew.";
    }

    private static string Learned(LearnedRanking? ranking) => ranking switch
    {
        null => "too few viewers to learn weights from",
        { Forest: null } => "learned weights",
        { Forest: { } forest } => string.Create(CultureInfo.InvariantCulture, $"learned weights and {forest.TreeCount} trees"),
    };

    private static string Metrics(HybridModel trained, CandidateMovies candidates, HeldOutComparison? comparison)
    {
        var known = trained.Positives.MovieIds.Count(movieId => candidates.IndexOf(movieId) >= 0);
        var json = new JsonObject
        {
            ["final_loss"] = trained.Factors.Epochs[^1].Loss,
            ["training_seconds"] = Math.Round(trained.Factors.Epochs.Sum(epoch => epoch.Elapsed.TotalSeconds), 3, MidpointRounding.ToEven),
            ["catalog_coverage"] = candidates.Count == 0 ? 0 : Math.Round((double)known / candidates.Count, 4, MidpointRounding.ToEven),
        };
        if (comparison is not null)
        {
            json["held_out_users"] = comparison.Users;
            json["model"] = Node(comparison.Model);
            json["popularity"] = Node(comparison.Popularity);
        }

        return json.ToJsonString();
    }

    private static JsonNode? Node(HeldOutFigures figures) => System.Text.Json.JsonSerializer.SerializeToNode(figures);

    private static string Without(int duplicates) =>
        duplicates == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; {duplicates:N0} users have the same history as another, and count once");

    private void WriteLine(FormattableString line) => output(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Progress(TrainJob job, int epochs) : IProgress<IalsEpoch>
    {
        public void Report(IalsEpoch value) => job.WriteLine(
            $"  epoch {value.Epoch}/{epochs}: loss {value.Loss:F2}, {value.Elapsed.TotalSeconds:F2} s, {value.RatingsPerSecond:N0} ratings/s");
    }
}
