using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Movies that are held out like users are: without a rating to learn from, as movies are on the day they are released.</summary>
/// <param name="Cold">TMDB ids of the movies held out.</param>
/// <param name="Others">TMDB ids of the others, which are not ranked.</param>
internal sealed record ColdMovies(HashSet<int> Cold, int[] Others)
{
    /// <summary>The same movies and seed give the same draw.</summary>
    public static ColdMovies Draw(CandidateMovies movies, double share, int seed)
    {
        var random = SeededRandom.For(seed, SeededRandom.Stream.ColdMovies, 0);
        var ids = movies.Movies.Select(movie => movie.MovieId).ToLookup(_ => random.NextUniform() < share);
        return new ColdMovies([.. ids[true]], [.. ids[false]]);
    }

    /// <summary>The ratings of all other movies.</summary>
    public RatingSet Of(RatingSet ratings) => Cold.Count == 0 ? ratings : ratings.WithoutMovies(Cold);

    /// <summary>Somebody for whom only the cold movies are ranked.</summary>
    public EvaluationCase Of(EvaluationCase one) => Cold.Count == 0
        ? one
        : one with { History = [.. one.History.Union(Others)], Targets = [.. one.Targets.Where(Cold.Contains)] };
}
