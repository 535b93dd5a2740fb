using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>
/// Learns how to weigh signals, on users whom the signals were not trained on: users are split in folds, and the signals of each fold's users come
/// from a model of all the others (stacked generalization, Wolpert 1992). First the weights of the sum, then the forest that orders its head.
/// </summary>
internal sealed class RankingTrainer(HybridParameters parameters, HybridTrainer signals, CandidateMovies movies, int degreeOfParallelism)
{
    /// <summary>Fewer viewers teach no weights.</summary>
    public const int MinimumViewers = 50;

    /// <summary>Fewer viewers teach no forest.</summary>
    public const int MinimumForestViewers = 200;

    /// <summary>More viewers teach little more.</summary>
    private const int MaximumViewers = 4000;

    private const int Folds = 5;

    /// <summary>Where no more than this share of the users are judged, one model of the others serves them all.</summary>
    private const double SingleFoldShare = 0.1;

    /// <summary>Movies of a list that weights are learned on, the best by the configured weights; the rest are never near the head.</summary>
    private const int ListLength = 2000;

    /// <summary>Every second viewer also stands for one of whom less is known: with only so many of the newest movies.</summary>
    private static readonly int[] ShortProfiles = [1, 2, 3, 5, 10];

    private readonly EvaluationProtocol _protocol = new() { PositiveThreshold = parameters.Ials.PositiveThreshold };

    /// <summary>Null where there are too few viewers to learn from.</summary>
    public LearnedRanking? Fit(RatingSet ratings, CancellationToken cancellationToken)
    {
        var folds = Split(ratings);
        if (folds.Sum(fold => fold.Count) < MinimumViewers)
        {
            return null;
        }

        var parts = new List<Part>();
        foreach (var fold in folds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var others = ratings.Where(user => !fold.Contains(user));
            var snapshot = signals.TrainSignals(others, null, cancellationToken).Snapshot(movies, others, parameters);
            parts.Add(new Part(snapshot, Viewers(ratings.Where(fold.Contains), parts.Count)));
        }

        var lists = ForEachViewer(parts, (part, viewer, scratch) => List(part.Snapshot, viewer, scratch), cancellationToken);
        var weights = SignalWeights.Of(ListwiseSoftmax.Fit([.. lists.OfType<RankedList>()], Signals.Count, degreeOfParallelism, cancellationToken));
        return new LearnedRanking
        {
            Weights = weights,
            Features = ForestFeatures.Names,
            Forest = parts.Sum(part => part.Viewers.Count) < MinimumForestViewers ? null : Forest(parts, weights, cancellationToken),
        };
    }

    private List<HashSet<int>> Split(RatingSet ratings)
    {
        var eligible = Enumerable.Range(0, ratings.UserCount).Where(user => _protocol.CanJudge(ratings, user)).ToArray();
        SeededRandom.For(parameters.Ials.Seed, SeededRandom.Stream.RankingCases, 0).Shuffle(eligible, eligible.Length);
        var chosen = eligible[..Math.Min(MaximumViewers, eligible.Length)];
        var folds = chosen.Length <= SingleFoldShare * ratings.UserCount ? 1 : Folds;
        return [.. Enumerable.Range(0, folds).Select(fold => chosen.Where((_, place) => place % folds == fold).ToHashSet())];
    }

    private List<EvaluationCase> Viewers(RatingSet ratings, int fold)
    {
        var viewers = new List<EvaluationCase>();
        foreach (var one in _protocol.Cases(ratings))
        {
            viewers.Add(one);
            var random = SeededRandom.For(parameters.Ials.Seed, SeededRandom.Stream.RankingCases, ((fold + 1) << 20) + viewers.Count);
            if (random.NextInt(0, 2) == 0)
            {
                var length = ShortProfiles[random.NextInt(0, ShortProfiles.Length)];
                viewers.Add(one with { Profile = one.Profile[^Math.Min(length, one.Profile.Length)..] });
            }
        }

        return viewers;
    }

    private T[] ForEachViewer<T>(List<Part> parts, Func<Part, EvaluationCase, ScoringScratch, T> read, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        return [.. parts.SelectMany(part =>
        {
            var results = new T[part.Viewers.Count];
            Parallel.For(0, results.Length, options, () => new ScoringScratch(), (index, _, scratch) =>
            {
                results[index] = read(part, part.Viewers[index], scratch);
                return scratch;
            }, _ => { });
            return results;
        })];
    }

    /// <summary>Null for a viewer who liked none of the list's movies next, or of whose profile nothing is known.</summary>
    private RankedList? List(CatalogSnapshot snapshot, EvaluationCase one, ScoringScratch scratch)
    {
        // The weights are for those of whom enough is known; only the forest sees how long a profile is.
        if (one.Profile.Length < Math.Min(_protocol.ProfileLength, one.History.Length))
        {
            return null;
        }

        // Targets off the list are left out: beside others that stand there for their signals they would speak against every signal.
        var rows = Best(snapshot, one, parameters.Scoring.Taste, ListLength, scratch);
        var targets = Targets(snapshot, one);
        if (!rows.Any(targets.Contains))
        {
            return null;
        }

        var features = new float[rows.Length * Signals.Count];
        for (var signal = (Signal)0; (int)signal < Signals.Count; signal++)
        {
            var values = scratch.Signals[signal];
            for (var i = 0; i < rows.Length; i++)
            {
                features[(i * Signals.Count) + (int)signal] = values[rows[i].Index];
            }
        }

        return new RankedList(features, [.. Enumerable.Range(0, rows.Length).Where(i => targets.Contains(rows[i]))]);
    }

    private ObliviousForest? Forest(List<Part> parts, SignalWeights weights, CancellationToken cancellationToken)
    {
        var names = ForestFeatures.Names.Count;
        var examples = ForEachViewer(parts, (part, viewer, scratch) => Examples(part.Snapshot, viewer, weights, scratch), cancellationToken);
        var rows = examples.Sum(example => example.Labels.Length);
        var columns = new float[names][];
        for (var feature = 0; feature < names; feature++)
        {
            columns[feature] = new float[rows];
            var start = 0;
            foreach (var example in examples)
            {
                example.Columns.AsSpan(feature * example.Labels.Length, example.Labels.Length).CopyTo(columns[feature].AsSpan(start));
                start += example.Labels.Length;
            }
        }

        return new ForestTrainer(parameters.Forest, degreeOfParallelism)
            .Train(columns, [.. examples.SelectMany(example => example.Labels)], cancellationToken);
    }

    private static (float[] Columns, bool[] Labels) Examples(CatalogSnapshot snapshot, EvaluationCase one, SignalWeights weights,
        ScoringScratch scratch)
    {
        var head = Best(snapshot, one, weights, ShortList.MaximumMovies, scratch);
        if (head.Length == 0)
        {
            return ([], []);
        }

        var targets = Targets(snapshot, one);
        ShortListFeatures.Write(snapshot, head, scratch);
        var columns = new float[ForestFeatures.Names.Count * head.Length];
        for (var feature = 0; feature < ForestFeatures.Names.Count; feature++)
        {
            scratch.ShortList.Column(feature)[..head.Length].CopyTo(columns.AsSpan(feature * head.Length));
        }

        return (columns, Array.ConvertAll(head, targets.Contains));
    }

    /// <summary>The best movies that are not of a user's history, best first; their signals stay in the scratch. None for an empty profile.</summary>
    private static Row[] Best(CatalogSnapshot snapshot, EvaluationCase one, SignalWeights weights, int count, ScoringScratch scratch)
    {
        scratch.Profile.Read(snapshot, one.Profile, []);
        if (scratch.Profile.IsEmpty)
        {
            return [];
        }

        SignalReader.Read(snapshot, snapshot.AllRows, scratch);
        Scorer.Combine(snapshot, weights, scratch.Signals);
        // All movies are scored: a sum stands at its movie's row.
        var sums = scratch.Signals.Sums;
        var kept = snapshot.Count;
        foreach (var movieId in one.History)
        {
            if (snapshot.TryFind(movieId, out var row))
            {
                sums[row.Index] = float.NegativeInfinity;
                kept--;
            }
        }

        return Array.ConvertAll(TopValues.Select(sums, Math.Min(count, kept)), row => new Row(row));
    }

    private static HashSet<Row> Targets(CatalogSnapshot snapshot, EvaluationCase one)
    {
        var targets = new HashSet<Row>();
        foreach (var movieId in one.Targets)
        {
            if (snapshot.TryFind(movieId, out var row))
            {
                targets.Add(row);
            }
        }

        return targets;
    }

    /// <param name="Snapshot">With signals of a model that knows none of the viewers.</param>
    /// <param name="Viewers">Of one fold.</param>
    private sealed record Part(CatalogSnapshot Snapshot, IReadOnlyList<EvaluationCase> Viewers);
}
