using System.Collections.Frozen;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.Calls;

internal static class BlockedMovies
{
    /// <summary>The first movies of the engine's answer that the company's rules allow.</summary>
    public static IReadOnlyList<MovieAnswer> Allowed(this FrozenSet<int> blocked, IReadOnlyList<MovieAnswer> movies, int count) =>
        [.. movies.Where(movie => !blocked.Contains(movie.MovieId)).Take(count)];
}
