using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalogue;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Similar;

internal static class SimilarEndpoints
{
    private const string UnknownFilm = "UNKNOWN_FILM";
    private const int DefaultK = 20;

    public static IEndpointRouteBuilder MapSimilar(this IEndpointRouteBuilder app)
    {
        app.MapGet("/movies/{id:int}/similar", Similar).RequireCatalogue().WithSummary("Films like one film.");
        return app;
    }

    private static Results<Ok<FilmsResponse>, ProblemHttpResult> Similar(
        int id, ServedCatalogue catalogue, SimilarFilms similar, [Range(1, Limits.SearchMax)] int k = DefaultK)
    {
        var snapshot = catalogue.Snapshot;
        return snapshot.RowOf.TryGetValue(id, out var row)
            ? TypedResults.Ok(new FilmsResponse { Movies = similar.Find(snapshot, row, k) })
            : Problems.Of(StatusCodes.Status404NotFound, UnknownFilm, $"The catalogue has no film {id}.");
    }
}
