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
        const string Path = "/movies/{id:int}/similar";
        app.MapGet(
                Path,
                (int id, ServedCatalog catalog, MovieFilters filters, SimilarMovies similar, [Range(1, Limits.SearchMax)] int k = DefaultK) =>
                    Similar(id, new SimilarRequest { K = k }, catalog, filters, similar))
            .RequireCatalog().WithSummary("Movies like one movie.");
        app.MapPost(Path, Similar).RequireCatalog().WithSummary("Movies like one movie, under content rules.");
        return app;
    }

    private static Results<Ok<MoviesResponse>, Problem<Status404>> Similar(
        int id, SimilarRequest request, ServedCatalog catalog, MovieFilters filters, SimilarMovies similar)
    {
        var snapshot = catalog.Snapshot;
        return snapshot.TryFind(id, out var row)
            ? TypedResults.Ok(new MoviesResponse { Movies = similar.Find(snapshot, row, request.K, filters.Resolve(snapshot, row, request)) })
            : Problems.Of<Status404>(UnknownMovie, $"The catalog has no movie {id}.");
    }
}
