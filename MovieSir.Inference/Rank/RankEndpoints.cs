using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Rank;

internal static class RankEndpoints
{
    public static IEndpointRouteBuilder MapRank(this IEndpointRouteBuilder app)
    {
        app.MapPost("/rank", Rank).RequireCatalogue().WithSummary("The best films for a viewer, no time limit.");
        return app;
    }

    private static Results<Ok<RankResponse>, ProblemHttpResult> Rank(RankRequest request, ServedCatalogue catalogue, Ranker ranker)
    {
        var snapshot = catalogue.Snapshot;
        // Nothing is filtered that was not asked for: only an explicit false keeps films for adults out.
        return FilmFilterQuery.Resolve(
            snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult ?? true, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(ranker.Rank(snapshot, request, filter));
    }
}
