using System.Diagnostics;
using System.Globalization;
using System.Text;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate.Rankers;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Inference.Offline.Evaluate;

/// <summary>What an evaluation is asked for.</summary>
internal sealed record EvaluateSettings
{
    public required IReadOnlyList<string> Methods { get; init; }

    public EvaluationProtocol Protocol { get; init; } = new();

    public HybridParameters Parameters { get; init; } = new();

    /// <summary>Parts of the training users that are judged in turn, where there are no others to judge.</summary>
    public int Folds { get; init; } = 5;

    public int Resamples { get; init; } = 2000;

    public int Seed { get; init; } = 1;

    /// <summary>Gives the profiles in random order: what the order of ratings is worth.</summary>
    public bool ShuffleProfiles { get; init; }

    /// <summary>Share of the movies whose ratings nobody may learn from, and which alone are then ranked. 0 judges all movies.</summary>
    public double ColdMovies { get; init; }

    public int DegreeOfParallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>An evaluation in words and figures.</summary>
internal sealed record EvaluationReport(string Markdown, string Csv, IReadOnlyList<MethodResult> Results);

/// <summary>Judges methods on users they were not trained on: those of another rating set, or the training users fold by fold.</summary>
internal sealed class EvaluateJob(EvaluateSettings settings, Action<string> output)
{
    /// <param name="training">Users to learn from.</param>
    /// <param name="judged">Users to judge on; null judges the training users fold by fold.</param>
    /// <param name="movies">What is ranked.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="EvaluationException">Nobody can be judged.</exception>
    public EvaluationReport Run(RatingSet training, RatingSet? judged, CandidateMovies movies, CancellationToken cancellationToken)
    {
        var distinct = training.WithoutDuplicateUsers();
        var methods = settings.Methods.Where(method => CanRun(method, movies)).ToArray();
        var excluded = 0;
        List<Part> parts;
        if (judged is null)
        {
            parts = Folds(distinct);
        }
        else
        {
            var known = UserOverlap.Find(judged, distinct);
            var unseen = judged.WithoutDuplicateUsers();
            unseen = unseen.Where(user => !known.Contains(unseen.Users[user]));
            excluded = judged.UserCount - unseen.UserCount;
            parts = [new Part(distinct, unseen)];
        }

        var results = Judge(parts, methods, movies, cancellationToken);
        var table = new EvaluationTable(results, new Bootstrap(results[0].Users.Count, settings.Resamples, settings.Seed));
        var heading = Describe(distinct, judged is null, excluded, results[0].Users.Count, movies.Count);
        return new EvaluationReport(heading + table.ToMarkdown(results[0].Method), table.ToCsv(), results);
    }

    private MethodResult[] Judge(List<Part> parts, string[] methods, CandidateMovies movies, CancellationToken cancellationToken)
    {
        var byMethod = methods.Select(_ => new List<MethodResult>()).ToArray();
        for (var part = 0; part < parts.Count; part++)
        {
            var cold = ColdMovies(movies);
            var cases = settings.Protocol.Cases(parts[part].Judged).Select(Shuffle).Select(one => cold.Of(one)).Where(one => one.Targets.Length > 0)
                .ToArray();
            if (cases.Length == 0)
            {
                var (minimum, threshold) = (settings.Protocol.MinimumPositives, settings.Protocol.PositiveThreshold);
                throw new EvaluationException($"No user to judge: none has {minimum} ratings of at least {threshold}.");
            }

            var data = new TrainingData(cold.Of(parts[part].Training), movies, settings.Protocol.PositiveThreshold);
            var rankers = new RankerCatalog(data, settings.Parameters, settings.DegreeOfParallelism, cancellationToken);
            var evaluator = new Evaluator(movies, data.Likes, data.Ratings.UserCount);
            for (var method = 0; method < methods.Length; method++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = Stopwatch.GetTimestamp();
                byMethod[method].Add(evaluator.Judge(rankers.Create(methods[method]), cases, settings.DegreeOfParallelism, cancellationToken));
                var fold = parts.Count > 1 ? $", fold {part + 1} of {parts.Count}" : "";
                WriteLine($"  {methods[method]}{fold}: {cases.Length:N0} users in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
            }
        }

        return [.. byMethod.Select(results => new MethodResult(
            results[0].Method, [.. results.SelectMany(result => result.Users)], results.Average(result => result.Coverage)))];
    }

    private bool CanRun(string method, CandidateMovies movies)
    {
        if (!RankerCatalog.NeedsEmbeddings(method) || movies.Movies.Any(movie => movie.Embedding is not null))
        {
            return true;
        }

        WriteLine($"  {method} is left out: the movies have no embeddings (`embed` makes them; --movies database reads them).");
        return false;
    }

    private List<Part> Folds(RatingSet ratings)
    {
        var order = Enumerable.Range(0, ratings.UserCount).ToArray();
        SeededRandom.For(settings.Seed, SeededRandom.Stream.HeldOutUsers, 0).Shuffle(order, order.Length);
        var foldOf = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            foldOf[order[i]] = i % settings.Folds;
        }

        return [.. Enumerable.Range(0, settings.Folds).Select(fold =>
            new Part(ratings.Where(user => foldOf[user] != fold), ratings.Where(user => foldOf[user] == fold)))];
    }

    private ColdMovies ColdMovies(CandidateMovies movies) => settings.ColdMovies == 0
        ? new ColdMovies([], [])
        : Datasets.ColdMovies.Draw(movies, settings.ColdMovies, settings.Seed);

    private EvaluationCase Shuffle(EvaluationCase one, int index)
    {
        if (!settings.ShuffleProfiles)
        {
            return one;
        }

        var profile = (int[])one.Profile.Clone();
        SeededRandom.For(settings.Seed, SeededRandom.Stream.ProfileOrder, index).Shuffle(profile, profile.Length);
        return one with { Profile = profile };
    }

    private string Describe(RatingSet training, bool inFolds, int excluded, int users, int movies)
    {
        var protocol = settings.Protocol;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Trained on {training.Count:N0} ratings by {training.UserCount:N0} users; judged on {users:N0} ");
        text.Append(inFolds
            ? string.Create(CultureInfo.InvariantCulture, $"of them in {settings.Folds} folds")
            : string.Create(CultureInfo.InvariantCulture,
                $"others ({excluded:N0} who are among the training users, or twice in the set, are left out)"));
        text.Append(CultureInfo.InvariantCulture,
            $", each with at least {protocol.MinimumPositives} ratings of {protocol.PositiveThreshold} or more: ");
        text.Append(CultureInfo.InvariantCulture,
            $"the first {protocol.HistoryShare:P0} by time is history, its last {protocol.ProfileLength} movies the profile");
        text.Append(protocol.ProfileThreshold is not { } least ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" (history being all ratings until then: from {least} for the profile, below {protocol.DislikedThreshold} for dislikes)"));
        text.Append(settings.ShuffleProfiles ? " in random order" : "").Append(", the rest the targets. ");
        text.Append(settings.ColdMovies == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"Only movies that nobody's rating was learned from are ranked, and count as targets: {settings.ColdMovies:P0} of all, "
            + $"drawn by the seed. "));
        text.Append(CultureInfo.InvariantCulture, $"Full ranking of {movies:N0} movies less the history. ± is half the 95 % bootstrap interval ");
        text.Append(CultureInfo.InvariantCulture, $"({settings.Resamples:N0} resamples of users, seed {settings.Seed}).");
        return text.AppendLine().AppendLine().ToString();
    }

    private void WriteLine(FormattableString line) => output(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Part(RatingSet Training, RatingSet Judged);
}
