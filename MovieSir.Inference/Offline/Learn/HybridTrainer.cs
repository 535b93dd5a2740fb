using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Learn;

/// <summary>Trains everything that is learned from ratings. The same ratings, movies and parameters give the same model.</summary>
internal sealed class HybridTrainer(HybridParameters parameters, int degreeOfParallelism)
{
    /// <param name="ratings">All ratings of all users, oldest first.</param>
    /// <param name="movies">What will be ranked.</param>
    /// <param name="progress">Told after each epoch over all ratings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArithmeticException">Training has diverged.</exception>
    public HybridModel Train(RatingSet ratings, CandidateMovies movies, IProgress<IalsEpoch>? progress, CancellationToken cancellationToken)
    {
        var ranking = new RankingTrainer(parameters, this, movies, degreeOfParallelism).Fit(ratings, cancellationToken);
        return TrainSignals(ratings, progress, cancellationToken) with { Ranking = ranking };
    }

    /// <summary>The signals without their ranking.</summary>
    /// <exception cref="ArithmeticException">Training has diverged.</exception>
    public HybridModel TrainSignals(RatingSet ratings, IProgress<IalsEpoch>? progress, CancellationToken cancellationToken)
    {
        var threshold = parameters.Ials.PositiveThreshold;
        var positives = PositiveMatrix.From(ratings, threshold);
        return new HybridModel(
            positives,
            new IalsTrainer(parameters.Ials, degreeOfParallelism).Train(positives, progress, cancellationToken),
            new SuccessionTrainer(parameters.Succession, degreeOfParallelism).Train(ratings, positives, threshold, cancellationToken),
            Ranking: null);
    }
}
