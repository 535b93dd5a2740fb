using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

using RecommendAnswer = MovieSir.Api.Partner.Calls.Envelope<
    MovieSir.Api.Partner.Recommend.PartnerRecommendation, MovieSir.Api.Partner.Calls.RecommendationMeta>;
using SingleAnswer = MovieSir.Api.Partner.Calls.Envelope<
    MovieSir.ServiceDefaults.InferenceContract.SingleMovieAnswer, MovieSir.Api.Partner.Calls.RecommendationMeta>;

namespace MovieSir.Api.Partner.Recommend;

internal static class RecommendEndpoints
{
    public static void MapRecommend(this IEndpointRouteBuilder partner)
    {
        partner.MapPost("/recommend", RecommendAsync)
            .WithName("Recommend")
            .WithExample(RecommendExamples.Request, RecommendExamples.Response)
            .WithSummary("Two sets of movies that fill the given minutes")
            .WithDescription(
                "Track A goes by the viewer's taste and preferred genres, track B widens it; both fill 90 to 100 % of the time where movies "
                + "allow it.")
            .Validated();

        partner.MapPost("/recommend_single", RecommendSingleAsync)
            .WithName("RecommendSingle")
            .WithExample(RecommendExamples.SingleRequest, RecommendExamples.SingleResponse)
            .WithSummary("One movie in place of another")
            .WithDescription(
                "`fallback_level` says how near its minutes are to the target: 0 is 90 to 100 %, 1 is 70 to 100 %, 2 is anything shorter.")
            .Validated();
    }

    private static async Task<Results<Ok<RecommendAnswer>, EngineFailure>> RecommendAsync(
        PartnerRecommendRequest request, PartnerCall call, EngineClient engine, CancellationToken cancellationToken)
    {
        var wanted = request.ToEngine(call.Key.ContentRules);
        (call.ClientUserId, call.AvailableMinutes) = (request.ClientUserId, wanted.AvailableTime);
        return await engine.RecommendAsync(wanted, cancellationToken) switch
        {
            Reply<RecommendResponse>.Answered(var answer) => TypedResults.Ok(new RecommendAnswer(
                new PartnerRecommendation { TrackA = answer.TrackA, TrackB = answer.TrackB },
                RecommendationMeta.Of(call, IdsOf(answer.TrackA), IdsOf(answer.TrackB)))),
            var reply => reply.Failure(request.RenameField),
        };
    }

    private static async Task<Results<Ok<SingleAnswer>, Problem<Status404>, EngineFailure>> RecommendSingleAsync(
        PartnerRecommendSingleRequest request, PartnerCall call, EngineClient engine, CancellationToken cancellationToken)
    {
        var wanted = request.ToEngine(call.Key.ContentRules);
        (call.ClientUserId, call.AvailableMinutes) = (request.ClientUserId, wanted.TargetRuntime);
        return await engine.RecommendSingleAsync(wanted, cancellationToken) switch
        {
            Reply<SingleMovieAnswer>.Answered(var movie) => TypedResults.Ok(new SingleAnswer(
                movie,
                wanted.Track is Track.A ? RecommendationMeta.Of(call, [movie.MovieId], []) : RecommendationMeta.Of(call, [], [movie.MovieId]))),
            RefusedByEngine<SingleMovieAnswer>({ IsNotFound: true } refusal) => EngineFailures.NotFound(refusal),
            var reply => reply.Failure(request.RenameField),
        };
    }

    private static int[] IdsOf(TrackAnswer track) => [.. track.Movies.Select(movie => movie.MovieId)];
}
