using MovieSir.Inference.Sample;
using MovieSir.Inference.Training;

namespace MovieSir.Inference.Evaluation;

/// <summary>Films that are held out like users are: without a rating to learn from, as films are on the day they are released.</summary>
/// <param name="Cold">TMDB ids of the films held out.</param>
/// <param name="Others">TMDB ids of the others, which are not ranked.</param>
internal sealed record ColdFilms(HashSet<int> Cold, int[] Others)
{
    /// <summary>The same films and seed give the same draw.</summary>
    public static ColdFilms Draw(CandidateFilms films, double share, int seed)
    {
        var random = SeededRandom.For(seed, SeededRandom.Stream.ColdFilms, 0);
        var ids = films.Films.Select(film => film.MovieId).ToLookup(_ => random.NextUniform() < share);
        return new ColdFilms([.. ids[true]], [.. ids[false]]);
    }

    /// <summary>The ratings of all other films.</summary>
    public RatingSet Of(RatingSet ratings) => Cold.Count == 0 ? ratings : ratings.WithoutFilms(Cold);

    /// <summary>Somebody for whom only the cold films are ranked.</summary>
    public EvaluationCase Of(EvaluationCase one) => Cold.Count == 0
        ? one
        : one with { History = [.. one.History.Union(Others)], Targets = [.. one.Targets.Where(Cold.Contains)] };
}
