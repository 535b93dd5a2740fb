using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Accounts;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Recommendation;

internal static class RecommendationEndpoints
{
    public static void MapRecommendation(this IEndpointRouteBuilder travellers)
    {
        var recommendation = travellers.MapGroup("/recommendation");
        recommendation.MapPost("/recommend", RecommendAsync).WithName("RecommendMovies").WithSummary("Two sets of movies that fill the time")
            .WithDescription("Kept as a session of the caller. `hints` say what would give a better answer; each was tried.")
            .MakesGuest().IsRecommendation().Validated();
        recommendation.MapPost("/single", SwapAsync).WithName("SwapMovie").WithSummary("One movie in place of another")
            .MakesGuest().IsRecommendation().Validated();
        recommendation.MapPost("/fill", FillAsync).WithName("FillTime").WithSummary("Some movies stay, the rest of the time is filled anew")
            .MakesGuest().IsRecommendation().Validated();
        recommendation.MapSessions();
        recommendation.MapShares();
        recommendation.MapSatisfaction();
        recommendation.MapGroups();
    }

    private static async Task<Results<Ok<RecommendAnswer>, PartnerFailure>> RecommendAsync(
        RecommendBody body, TravellerCall call, WishReader wishes, Recommender recommender, CancellationToken cancellationToken)
    {
        var (wish, errors) = await wishes.ReadAsync(body, call.Identity!, cancellationToken);
        if (wish is null)
        {
            return (PartnerFailure)Problems.Invalid(ProblemCodes.ValidationFailed, errors!);
        }

        return await recommender.RecommendAsync(call.Identity!, wish, body.Seed, cancellationToken) switch
        {
            Reply<RecommendAnswer>.Answered(var answer) => TypedResults.Ok(answer),
            var reply => reply.Failure(),
        };
    }

    private static async Task<Results<Ok<SingleAnswer>, Problem<Status404>, PartnerFailure>> SwapAsync(
        SingleBody body, TravellerCall call, SessionStore sessions, Recommender recommender, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(body.SessionId!.Value, call.TravellerId, cancellationToken) is not { } session)
        {
            return TravellerProblems.NoSuchSession();
        }

        return await recommender.SwapAsync(call.Identity!, session, body, cancellationToken) switch
        {
            Reply<ShownMovie>.Answered(var movie) => TypedResults.Ok(new SingleAnswer(movie)),
            RefusedByEngine<ShownMovie>({ IsNotFound: true }) => Problems.Of<Status404>(
                TravellerProblems.NoMatch, "No other movie fits into these minutes."),
            var reply => reply.Failure(),
        };
    }

    private static async Task<Results<Ok<FillAnswer>, Problem<Status404>, PartnerFailure>> FillAsync(
        FillBody body, TravellerCall call, SessionStore sessions, Recommender recommender, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(body.SessionId!.Value, call.TravellerId, cancellationToken) is not { } session)
        {
            return TravellerProblems.NoSuchSession();
        }

        if (body.LockedIds!.Except(session.ShownMovieIds).Any())
        {
            return (PartnerFailure)AccountProblems.Invalid("locked_ids", "names a movie that this session has not shown.");
        }

        return await recommender.FillAsync(call.Identity!, session, body.Track!.Value, [.. body.LockedIds!.Distinct()], cancellationToken) switch
        {
            Reply<TrackResult>.Answered(var track) => TypedResults.Ok(new FillAnswer(track)),
            var reply => reply.Failure(),
        };
    }
}
