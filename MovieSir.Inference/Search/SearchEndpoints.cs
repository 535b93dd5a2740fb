using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Search;

internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapPost("/search", Search).RequireCatalogue().WithSummary("Films by meaning.");
        return app;
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> Search(
        SearchRequest request, ServedCatalogue catalogue, FilmSearch search, CancellationToken cancellationToken)
    {
        var snapshot = catalogue.Snapshot;
        return FilmFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(await search.SearchAsync(snapshot, request, filter, cancellationToken));
    }
}
