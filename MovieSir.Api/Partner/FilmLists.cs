using System.Collections.Frozen;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner;

internal static class FilmLists
{
    /// <summary>The first films of the engine's answer that the company's rules allow.</summary>
    public static IResult Answer(PartnerCall call, FilmsResponse answer, FrozenSet<int> blocked, int count) => TypedResults.Ok(
        new Envelope<FilmsResponse, Meta>(
            new FilmsResponse { Movies = [.. answer.Movies.Where(film => !blocked.Contains(film.MovieId)).Take(count)] }, Meta.Of(call)));
}
