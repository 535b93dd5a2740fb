using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Similar;

internal static class SimilarEndpoints
{
    private const string UnknownMovie = "UNKNOWN_MOVIE";
    private const int DefaultK = 20;

    public static IEndpointRouteBuilder MapSimilar(this IEndpointRouteBuilder app)
    {
        app.MapGet("/movies/{id:int}/similar", Similar).RequireCatalog().WithSummary("Movies like one movie.");
        return app;
    }

    private static Results<Ok<MoviesResponse>, ProblemHttpResult> Similar(
        int id, ServedCatalog catalog, SimilarMovies similar, [Range(1, Limits.SearchMax)] int k = DefaultK)
    {
        var snapshot = catalog.Snapshot;
        return snapshot.RowOf.TryGetValue(id, out var row)
            ? TypedResults.Ok(new MoviesResponse { Movies = similar.Find(snapshot, row, k) })
            : Problems.Of(StatusCodes.Status404NotFound, UnknownMovie, $"The catalog has no movie {id}.");
    }
}
