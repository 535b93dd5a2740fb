using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
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

    private static Results<Ok<RecommendResponse>, Problem<Status422>> Recommend(
        RecommendRequest request, ServedCatalog catalog, MovieFilters filters, Recommender recommender)
    {
        var snapshot = catalog.Snapshot;
        if (filters.Resolve(snapshot, request, out var filter) is { } problem)
        {
            return problem;
        }

        var viewers = new ViewerMovies(request);
        return LockedMovies.Resolve(snapshot, request, filter, viewers, out var locked) is { } unfit
            ? unfit
            : TypedResults.Ok(recommender.Recommend(snapshot, request, filter, viewers, locked));
    }

    private static Results<Ok<SingleMovieAnswer>, Problem<Status404>, Problem<Status422>> RecommendSingle(
        RecommendSingleRequest request, ServedCatalog catalog, MovieFilters filters, Recommender recommender)
    {
        var snapshot = catalog.Snapshot;
        if (filters.Resolve(snapshot, request, out var filter) is { } problem)
        {
            return problem;
        }

        return recommender.RecommendSingle(snapshot, request, filter, new ViewerMovies(request)) is { } movie
            ? TypedResults.Ok(movie)
            : Problems.Of<Status404>(
                NoMatch, $"No movie of up to {request.TargetRuntime} minutes passes the filters and exclusions: widen them, or allow more minutes.");
    }
}
