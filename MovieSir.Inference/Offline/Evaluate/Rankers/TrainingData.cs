using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;

namespace MovieSir.Inference.Offline.Evaluate.Rankers;

/// <summary>What methods learn from: the training users' ratings, and where their items stand among the candidates.</summary>
internal sealed class TrainingData
{
    private readonly Dictionary<int, int> _itemOf;

    /// <param name="ratings">Of the training users.</param>
    /// <param name="candidates">What will be ranked.</param>
    /// <param name="threshold">A rating of at least this much is a positive.</param>
    public TrainingData(RatingSet ratings, CandidateMovies candidates, float threshold)
    {
        (Ratings, Candidates) = (ratings, candidates);
        Positives = PositiveMatrix.From(ratings, threshold);
        CandidateOf = Array.ConvertAll(Positives.MovieIds, candidates.IndexOf);
        _itemOf = Positives.MovieIds.Select((movieId, item) => (movieId, item)).ToDictionary(pair => pair.movieId, pair => pair.item);
        Likes = Positives.MovieIds.Select((movieId, item) => (movieId, item))
            .ToDictionary(pair => pair.movieId, pair => Positives.ByItem[pair.item].Length);
    }

    public RatingSet Ratings { get; }

    public CandidateMovies Candidates { get; }

    public PositiveMatrix Positives { get; }

    /// <summary>Candidate of each item of <see cref="Positives"/>, or -1.</summary>
    public int[] CandidateOf { get; }

    /// <summary>Number of positives by TMDB id.</summary>
    public IReadOnlyDictionary<int, int> Likes { get; }

    /// <summary>Item of a movie, or -1 where no training user liked it.</summary>
    public int ItemOf(int movieId) => _itemOf.GetValueOrDefault(movieId, -1);

    /// <summary>The profile's movies that are items, and their places, in order.</summary>
    public (int[] Items, float[] Weights) ItemsOf(ReadOnlySpan<int> profile, float recencyExponent)
    {
        var weights = new float[profile.Length];
        FoldIn.RecencyWeights(weights, recencyExponent);
        var items = new List<int>(profile.Length);
        var kept = new List<float>(profile.Length);
        for (var i = 0; i < profile.Length; i++)
        {
            if (ItemOf(profile[i]) is >= 0 and var item)
            {
                items.Add(item);
                kept.Add(weights[i]);
            }
        }

        return ([.. items], [.. kept]);
    }
}
