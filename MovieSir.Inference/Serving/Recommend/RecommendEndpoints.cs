using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Recommend;

internal static class RecommendEndpoints
{
    private const string NoMatch = "NO_MATCH";

    public static IEndpointRouteBuilder MapRecommend(this IEndpointRouteBuilder app)
    {
        app.MapPost("/recommend", Recommend).RequireCatalog().WithSummary("Two sets of movies that fill the time.");
        app.MapPost("/recommend_single", RecommendSingle).RequireCatalog().WithSummary("One movie in place of another.");
        return app;
    }

    private static Results<Ok<RecommendResponse>, ProblemHttpResult> Recommend(
        RecommendRequest request, ServedCatalog catalog, Recommender recommender)
    {
        var snapshot = catalog.Snapshot;
        return Resolve(snapshot, request, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(recommender.Recommend(snapshot, request, filter));
    }

    private static Results<Ok<SingleMovieAnswer>, ProblemHttpResult> RecommendSingle(
        RecommendSingleRequest request, ServedCatalog catalog, Recommender recommender)
    {
        var snapshot = catalog.Snapshot;
        if (Resolve(snapshot, request, out var filter) is { } problem)
        {
            return problem;
        }

        return recommender.RecommendSingle(snapshot, request, filter) is { } movie
            ? TypedResults.Ok(movie)
            : Problems.Of(
                StatusCodes.Status404NotFound, NoMatch,
                $"No movie of up to {request.TargetRuntime} minutes passes the filters and exclusions: widen them, or allow more minutes.");
    }

    private static ProblemHttpResult? Resolve(CatalogSnapshot snapshot, MovieFilter request, out CandidateFilter filter) =>
        MovieFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult ?? false, out filter);
}
