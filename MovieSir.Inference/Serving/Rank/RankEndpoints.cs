using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Inference.Serving.Rank;

internal static class RankEndpoints
{
    public static IEndpointRouteBuilder MapRank(this IEndpointRouteBuilder app)
    {
        app.MapPost("/rank", Rank).RequireCatalog().WithSummary("The best movies for a viewer, no time limit.");
        return app;
    }

    private static Results<Ok<RankResponse>, Problem<Status422>> Rank(
        RankRequest request, ServedCatalog catalog, MovieFilters filters, Ranker ranker)
    {
        var snapshot = catalog.Snapshot;
        // Nothing is filtered that was not asked for: only an explicit false keeps movies for adults out.
        if (filters.Resolve(snapshot, request, out var filter, allowAdult: true) is { } problem)
        {
            return problem;
        }

        var ranked = ranker.Rank(snapshot, request.UserMovieIds, request.NegativeMovieIds, request.ExcludedIds, filter, request.K);
        return TypedResults.Ok(new RankResponse
        {
            Movies = Array.ConvertAll(ranked, movie => new RankedMovie(snapshot.MovieIds[movie.Row.Index], movie.Score)),
            ModelVersion = snapshot.ModelVersion,
        });
    }
}
