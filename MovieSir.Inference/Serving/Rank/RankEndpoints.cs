using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Rank;

internal static class RankEndpoints
{
    public static IEndpointRouteBuilder MapRank(this IEndpointRouteBuilder app)
    {
        app.MapPost("/rank", Rank).RequireCatalog().WithSummary("The best movies for a viewer, no time limit.");
        return app;
    }

    private static Results<Ok<RankResponse>, ProblemHttpResult> Rank(RankRequest request, ServedCatalog catalog, Ranker ranker)
    {
        var snapshot = catalog.Snapshot;
        // Nothing is filtered that was not asked for: only an explicit false keeps movies for adults out.
        return MovieFilterQuery.Resolve(
            snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult ?? true, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(ranker.Rank(snapshot, request, filter));
    }
}
