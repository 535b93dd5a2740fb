using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Search;

internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapPost("/search", Search).RequireCatalog().WithSummary("Movies by meaning.");
        return app;
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> Search(
        SearchRequest request, ServedCatalog catalog, MovieSearch search, CancellationToken cancellationToken)
    {
        var snapshot = catalog.Snapshot;
        return MovieFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(await search.SearchAsync(snapshot, request, filter, cancellationToken));
    }
}
