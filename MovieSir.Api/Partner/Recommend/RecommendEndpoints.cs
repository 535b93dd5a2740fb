using MovieSir.Api.Documentation;
using MovieSir.Api.Inference;
using MovieSir.Api.Partner.ContentRules;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.Recommend;

internal static class RecommendEndpoints
{
    public static void MapRecommend(this IEndpointRouteBuilder partner)
    {
        partner.MapPost("/recommend", RecommendAsync)
            .WithName("Recommend")
            .WithExample(Examples.RecommendRequest, Examples.RecommendResponse)
            .WithSummary("Two sets of movies that fill the given minutes")
            .WithDescription("Track A goes by the viewer's taste and preferred genres, track B widens it; both fill 90 to 100 % of the time where movies allow it.")
            .Produces<Envelope<PartnerRecommendation, RecommendationMeta>>()
            .Validated()
            .AsksTheEngine();

        partner.MapPost("/recommend_single", RecommendSingleAsync)
            .WithName("RecommendSingle")
            .WithExample(Examples.RecommendSingleRequest, Examples.RecommendSingleResponse)
            .WithSummary("One movie in place of another")
            .WithDescription("`fallback_level` says how near its minutes are to the target: 0 is 90 to 100 %, 1 is 70 to 100 %, 2 is anything shorter.")
            .Produces<Envelope<SingleMovieAnswer, RecommendationMeta>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Validated()
            .AsksTheEngine();
    }

    private static async Task<IResult> RecommendAsync(
        PartnerRecommendRequest request, PartnerCall call, InferenceClient inference, ContentRuleFilter rules, CancellationToken cancellationToken)
    {
        (call.ClientUserId, call.AvailableMinutes) = (request.ClientUserId, request.AvailableTime ?? request.RuntimeLimit);
        if (await rules.BlockedAsync(call.Key, cancellationToken) is not { } blocked)
        {
            return PartnerProblems.CatalogAway();
        }

        var outcome = await inference.RecommendAsync(request.ToInference(blocked), cancellationToken);
        return outcome.ToResult(
            answer => TypedResults.Ok(new Envelope<PartnerRecommendation, RecommendationMeta>(
                new PartnerRecommendation { TrackA = answer.TrackA, TrackB = answer.TrackB },
                RecommendationMeta.Of(call, answer.TrackA.Movies.Concat(answer.TrackB.Movies).Select(movie => movie.MovieId)))),
            request.RenameField);
    }

    private static async Task<IResult> RecommendSingleAsync(
        PartnerRecommendSingleRequest request, PartnerCall call, InferenceClient inference, ContentRuleFilter rules, CancellationToken cancellationToken)
    {
        (call.ClientUserId, call.AvailableMinutes) = (request.ClientUserId, request.TargetRuntime ?? request.RuntimeLimit);
        if (await rules.BlockedAsync(call.Key, cancellationToken) is not { } blocked)
        {
            return PartnerProblems.CatalogAway();
        }

        var outcome = await inference.RecommendSingleAsync(request.ToInference(blocked), cancellationToken);
        return outcome.ToResult(
            movie => TypedResults.Ok(new Envelope<SingleMovieAnswer, RecommendationMeta>(movie, RecommendationMeta.Of(call, [movie.MovieId]))),
            request.RenameField);
    }
}
