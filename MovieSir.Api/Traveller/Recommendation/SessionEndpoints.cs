using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Accounts;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>The set as the traveller left it.</summary>
internal sealed record Plan
{
    public required Track Track { get; init; }

    /// <summary>In their order.</summary>
    public required IReadOnlyList<ShownMovie> Movies { get; init; }

    public required DateTimeOffset? StartsAt { get; init; }
}

/// <summary>Where a plan can be read by anybody.</summary>
internal sealed record ShareAnswer(string ShareId, string Url);

/// <summary>A session, to be opened again.</summary>
internal sealed record SessionPage
{
    /// <summary>The answer as it was drawn, with the movies that were swapped since.</summary>
    public required RecommendAnswer Result { get; init; }

    /// <summary>Null: none was chosen.</summary>
    public required Plan? Plan { get; init; }

    /// <summary>Null: nobody else may read it.</summary>
    public required ShareAnswer? Share { get; init; }
}

/// <summary>A session in a list.</summary>
internal sealed record SessionLine
{
    public required Guid SessionId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int AvailableTime { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>The chosen movies, or those of track A.</summary>
    public required IReadOnlyList<ShownMovie> Movies { get; init; }

    public required DateTimeOffset? StartsAt { get; init; }

    public required bool Shared { get; init; }
}

/// <summary>A page of sessions, the newest first.</summary>
internal sealed record SessionList(IReadOnlyList<SessionLine> Sessions, int Total);

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder recommendation)
    {
        var sessions = recommendation.MapGroup("/sessions");
        sessions.MapGet("", ListAsync).WithName("Sessions").WithSummary("The caller's sessions, the newest first").Validated(hasBody: false);
        sessions.MapGet("/{id:guid}", FindAsync).WithName("Session").WithSummary("A session as it was drawn");
        sessions.MapPut("/{id:guid}", PlanAsync).WithName("SavePlan").WithSummary("Keep the set as the traveller left it").Validated();
        sessions.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteSession").WithSummary("Forget a session");
    }

    private static async Task<Ok<SessionList>> ListAsync(
        TravellerCall call, SessionStore sessions, Recommender recommender, CancellationToken cancellationToken,
        [Range(1, 50)] int limit = 20, [Range(0, 100_000)] int offset = 0)
    {
        if (call.Identity is not { } identity)
        {
            return TypedResults.Ok(new SessionList([], 0));
        }

        var (page, total) = await sessions.PageAsync(identity.TravellerId, limit, offset, cancellationToken);
        var lines = new List<SessionLine>();
        foreach (var session in page)
        {
            lines.Add(new SessionLine
            {
                SessionId = session.Answer.SessionId,
                CreatedAt = session.Answer.CreatedAt,
                AvailableTime = session.Answer.AvailableTime,
                Genres = session.Answer.Genres,
                Movies = session.Plan is { } plan
                    ? await recommender.ShowAsync(plan.MovieIds, session.Answer, cancellationToken)
                    : session.Answer.TrackA.Movies,
                StartsAt = session.Plan?.StartsAt,
                Shared = session.ShareId is not null,
            });
        }

        return TypedResults.Ok(new SessionList(lines, total));
    }

    private static async Task<Results<Ok<SessionPage>, Problem<Status404>>> FindAsync(
        Guid id, TravellerCall call, SessionStore sessions, Recommender recommender, ShareLinks links, CancellationToken cancellationToken)
    {
        if (call.Identity is not { } identity || await sessions.FindAsync(id, identity.TravellerId, cancellationToken) is not { } session)
        {
            return TravellerProblems.NoSuchSession();
        }

        return TypedResults.Ok(new SessionPage
        {
            Result = session.Answer,
            Plan = session.Plan is { } plan
                ? new Plan
                {
                    Track = plan.Track,
                    Movies = await recommender.ShowAsync(plan.MovieIds, session.Answer, cancellationToken),
                    StartsAt = plan.StartsAt,
                }
                : null,
            Share = session.ShareId is { } shareId ? links.Of(shareId) : null,
        });
    }

    private static async Task<Results<NoContent, Problem<Status404>, Problem<Status422>>> PlanAsync(
        Guid id, PlanBody body, TravellerCall call, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (call.Identity is not { } identity || await sessions.FindAsync(id, identity.TravellerId, cancellationToken) is not { } session)
        {
            return TravellerProblems.NoSuchSession();
        }

        if (body.MovieIds!.Except(session.ShownMovieIds).Any())
        {
            return AccountProblems.Invalid("movie_ids", "names a movie that this session has not shown.");
        }

        var plan = new StoredPlan(body.Track!.Value, body.MovieIds!, body.StartsAt);
        return await sessions.SetPlanAsync(id, identity.TravellerId, plan, cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchSession();
    }

    private static async Task<Results<NoContent, Problem<Status404>>> DeleteAsync(
        Guid id, TravellerCall call, SessionStore sessions, CancellationToken cancellationToken) =>
        call.Identity is { } identity && await sessions.DeleteAsync(id, identity.TravellerId, cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchSession();
}
