using System.Collections.Frozen;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.ContentRules;

internal static class BlockedFilms
{
    /// <summary>The first films of the engine's answer that the company's rules allow.</summary>
    public static IReadOnlyList<FilmAnswer> Allowed(this FrozenSet<int> blocked, IReadOnlyList<FilmAnswer> films, int count) =>
        [.. films.Where(film => !blocked.Contains(film.MovieId)).Take(count)];
}
