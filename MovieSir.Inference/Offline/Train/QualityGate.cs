using System.Text.Json.Serialization;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate;
using MovieSir.Inference.Offline.Evaluate.Rankers;
using MovieSir.Inference.Offline.Learn;

namespace MovieSir.Inference.Offline.Train;

/// <summary>How a method ranks for held-out users: means over them.</summary>
internal sealed record HeldOutFigures(
    [property: JsonPropertyName("ndcg_at_10")] double Ndcg,
    [property: JsonPropertyName("recall_at_20")] double Recall,
    [property: JsonPropertyName("hit_rate_at_10")] double HitRate)
{
    public static HeldOutFigures Of(MethodResult result) =>
        new(result.Mean(user => user.Ndcg), result.Mean(user => user.Recall), result.Mean(user => user.Hit));
}

/// <summary>The model and plain popularity, judged on the same users, whom neither was trained on.</summary>
internal sealed record HeldOutComparison(int Users, HeldOutFigures Model, HeldOutFigures Popularity)
{
    /// <summary>A model that ranks worse than popularity does nobody a service.</summary>
    public bool Passes => Model.Ndcg >= Popularity.Ndcg;
}

/// <summary>
/// Judges a set of parameters on the data it is about to be trained on: holds out some users, trains on the others, ranks for those held out.
/// </summary>
internal sealed class QualityGate(EvaluationProtocol protocol, HybridParameters parameters, int degreeOfParallelism)
{
    private const double HeldOutShare = 0.1;
    private const int MaxHeldOutUsers = 1000;

    /// <param name="ratings">All ratings.</param>
    /// <param name="candidates">What can be recommended.</param>
    /// <param name="cancellationToken">Ends judging.</param>
    /// <returns>Null where no user has enough positives to be judged.</returns>
    public HeldOutComparison? Judge(RatingSet ratings, CandidateMovies candidates, CancellationToken cancellationToken)
    {
        var heldOut = Choose(ratings);
        if (heldOut.Count == 0)
        {
            return null;
        }

        var data = new TrainingData(ratings.Where(user => !heldOut.Contains(user)), candidates, parameters.Ials.PositiveThreshold);
        var cases = protocol.Cases(ratings.Where(heldOut.Contains));
        var model = new HybridTrainer(parameters, degreeOfParallelism).Train(data.Ratings, candidates, null, cancellationToken);
        var evaluator = new Evaluator(candidates, data.Likes, data.Ratings.UserCount);
        return new HeldOutComparison(
            cases.Count,
            Figures(new ServedRanker("model", model.Snapshot(candidates, data.Ratings, parameters))),
            Figures(new PopularityRanker(data)));

        HeldOutFigures Figures(IRanker ranker) => HeldOutFigures.Of(evaluator.Judge(ranker, cases, degreeOfParallelism, cancellationToken));
    }

    /// <summary>A tenth of the users who can be judged, drawn by the seed.</summary>
    private HashSet<int> Choose(RatingSet ratings)
    {
        var eligible = Enumerable.Range(0, ratings.UserCount).Where(user => protocol.CanJudge(ratings, user)).ToArray();
        var count = Math.Min(MaxHeldOutUsers, (int)Math.Ceiling(eligible.Length * HeldOutShare));
        SeededRandom.For(parameters.Ials.Seed, SeededRandom.Stream.HeldOutUsers, 0).Shuffle(eligible, count);
        return [.. eligible[..count]];
    }
}
