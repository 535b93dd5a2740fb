using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalogue;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Recommend;

internal static class RecommendEndpoints
{
    private const string NoMatch = "NO_MATCH";

    public static IEndpointRouteBuilder MapRecommend(this IEndpointRouteBuilder app)
    {
        app.MapPost("/recommend", Recommend).RequireCatalogue().WithSummary("Two sets of films that fill the time.");
        app.MapPost("/recommend_single", RecommendSingle).RequireCatalogue().WithSummary("One film in place of another.");
        return app;
    }

    private static Results<Ok<RecommendResponse>, ProblemHttpResult> Recommend(
        RecommendRequest request, ServedCatalogue catalogue, Recommender recommender)
    {
        var snapshot = catalogue.Snapshot;
        return Resolve(snapshot, request, out var filter) is { } problem
            ? problem
            : TypedResults.Ok(recommender.Recommend(snapshot, request, filter));
    }

    private static Results<Ok<SingleFilmAnswer>, ProblemHttpResult> RecommendSingle(
        RecommendSingleRequest request, ServedCatalogue catalogue, Recommender recommender)
    {
        var snapshot = catalogue.Snapshot;
        if (Resolve(snapshot, request, out var filter) is { } problem)
        {
            return problem;
        }

        return recommender.RecommendSingle(snapshot, request, filter) is { } film
            ? TypedResults.Ok(film)
            : Problems.Of(
                StatusCodes.Status404NotFound, NoMatch,
                $"No film of up to {request.TargetRuntime} minutes passes the filters and exclusions: widen them, or allow more minutes.");
    }

    private static ProblemHttpResult? Resolve(CatalogueSnapshot snapshot, FilmFilter request, out FilmFilterQuery filter) =>
        FilmFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, request.AllowAdult ?? false, out filter);
}
