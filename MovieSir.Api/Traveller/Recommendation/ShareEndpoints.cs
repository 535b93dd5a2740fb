using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>Addresses under which plans are shared.</summary>
internal sealed class ShareLinks(IOptions<TravellerOptions> options)
{
    /// <summary>The app's address, without a slash at its end.</summary>
    public string App { get; } = options.Value.App;

    public ShareAnswer Of(string shareId) => new(shareId, $"{App}/s/{shareId}");
}

/// <summary>A plan as anybody may read it: nothing of its traveller.</summary>
internal sealed record SharedPlan
{
    public required string ShareId { get; init; }

    public required int AvailableTime { get; init; }

    public required int BreakMinutes { get; init; }

    public required IReadOnlyList<ShownMovie> Movies { get; init; }

    /// <summary>Minutes of all movies together, without breaks.</summary>
    public required int TotalRuntime { get; init; }

    public required DateTimeOffset? StartsAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal static class ShareEndpoints
{
    public static void MapShares(this IEndpointRouteBuilder recommendation)
    {
        recommendation.MapPost("/sessions/{id:guid}/share", ShareAsync).WithName("SharePlan").WithSummary("Let anybody with the link read the plan");
        recommendation.MapDelete("/sessions/{id:guid}/share", UnshareAsync).WithName("UnsharePlan").WithSummary("Let nobody else read it any more");
        recommendation.MapGet("/shared/{shareId}", ReadAsync).WithName("SharedPlan").WithSummary("A plan that somebody shared");
    }

    /// <summary>The plan behind a link.</summary>
    public static async Task<SharedPlan?> FindAsync(
        string shareId, SessionStore sessions, Recommender recommender, CancellationToken cancellationToken)
    {
        if (await sessions.FindSharedAsync(shareId, cancellationToken) is not { } session)
        {
            return null;
        }

        var movies = session.Plan is { } plan
            ? await recommender.ShowAsync(plan.MovieIds, session.Answer, cancellationToken)
            : session.Answer.TrackA.Movies;
        return new SharedPlan
        {
            ShareId = shareId,
            AvailableTime = session.Answer.AvailableTime,
            BreakMinutes = session.Answer.BreakMinutes,
            // What a movie was picked for tells what its traveller has seen.
            Movies = [.. movies.Select(movie => movie with { Because = null, Score = null })],
            TotalRuntime = movies.Sum(movie => movie.Runtime ?? 0),
            StartsAt = session.Plan?.StartsAt,
            CreatedAt = session.Answer.CreatedAt,
        };
    }

    private static async Task<Results<Ok<ShareAnswer>, Problem<Status404>>> ShareAsync(
        Guid id, TravellerCall call, SessionStore sessions, ShareLinks links, CancellationToken cancellationToken) =>
        call.Identity is { } identity
        && await sessions.ShareAsync(id, identity.TravellerId, Tokens.NewShort(), cancellationToken) is { } shareId
            ? TypedResults.Ok(links.Of(shareId))
            : TravellerProblems.NoSuchSession();

    private static async Task<Results<NoContent, Problem<Status404>>> UnshareAsync(
        Guid id, TravellerCall call, SessionStore sessions, CancellationToken cancellationToken) =>
        call.Identity is { } identity && await sessions.UnshareAsync(id, identity.TravellerId, cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchSession();

    private static async Task<Results<Ok<SharedPlan>, Problem<Status404>>> ReadAsync(
        string shareId, SessionStore sessions, Recommender recommender, CancellationToken cancellationToken) =>
        await FindAsync(shareId, sessions, recommender, cancellationToken) is { } plan
            ? TypedResults.Ok(plan)
            : TravellerProblems.NoSuchSession();
}
