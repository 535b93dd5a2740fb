using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Search;

internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapPost("/search", SearchAsync).RequireCatalog().WithSummary("Movies by name, words and meaning.");
        return app;
    }

    private static async Task<Results<Ok<SearchResponse>, Problem<Status422>>> SearchAsync(
        SearchRequest request, ServedCatalog catalog, MovieFilters filters, MovieSearch search, CancellationToken cancellationToken)
    {
        var snapshot = catalog.Snapshot;
        return filters.Resolve(snapshot, request, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(await search.SearchAsync(snapshot, request, filter, cancellationToken));
    }
}
