using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MovieSir.Api.Http;
using MovieSir.Api.Movies;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>How a movie was.</summary>
public sealed record SatisfactionBody
{
    [Required]
    public Guid? SessionId { get; init; }

    /// <summary>A movie that this session has shown.</summary>
    [Required]
    public int? MovieId { get; init; }

    [Required]
    public bool? IsPositive { get; init; }
}

/// <summary>The session of which nothing more is to be asked.</summary>
public sealed record DismissBody
{
    [Required]
    public Guid? SessionId { get; init; }
}

/// <summary>A movie to ask about.</summary>
internal sealed record PendingMovie(Guid SessionId, MovieCard Movie, DateTimeOffset EndedAt);

/// <summary>Movies to ask about, those of the set that ended last first.</summary>
internal sealed record PendingList(IReadOnlyList<PendingMovie> Pending);

internal static class SatisfactionEndpoints
{
    public static void MapSatisfaction(this IEndpointRouteBuilder recommendation)
    {
        recommendation.MapGet("/pending", PendingAsync).WithName("PendingQuestions").WithSummary("Movies of ended sets to ask about");
        recommendation.MapPost("/pending/dismiss", DismissAsync).WithName("DismissQuestions")
            .WithSummary("Ask nothing more of this set, nor of those before it").Validated();
        recommendation.MapPost("/satisfaction", JudgeAsync).WithName("JudgeMovie").WithSummary("One thumb for one movie, which is then seen")
            .Validated();
        recommendation.MapDelete("/satisfaction", TakeBackAsync).WithName("TakeThumbBack").WithSummary("Take the thumb back")
            .Validated(hasBody: false);
    }

    private static async Task<Ok<PendingList>> PendingAsync(
        TravellerCall call, ThumbStore thumbs, MovieCardStore movies, TimeProvider clock, CancellationToken cancellationToken)
    {
        var open = call.Identity is { } identity ? await thumbs.OpenAsync(identity.TravellerId, clock.GetUtcNow(), cancellationToken) : [];
        var cards = await movies.CardsAsync([.. open.Select(question => question.MovieId)], cancellationToken);
        return TypedResults.Ok(new PendingList(
            [.. open.Where(question => cards.ContainsKey(question.MovieId))
                .Select(question => new PendingMovie(question.SessionId, cards[question.MovieId], question.EndedAt))]));
    }

    private static async Task<NoContent> DismissAsync(
        DismissBody body, TravellerCall call, ThumbStore thumbs, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (call.Identity is { } identity)
        {
            await thumbs.DismissAsync(body.SessionId!.Value, identity.TravellerId, clock.GetUtcNow(), cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem<Status404>>> JudgeAsync(
        SatisfactionBody body, TravellerCall call, ThumbStore thumbs, TimeProvider clock, CancellationToken cancellationToken) =>
        call.Identity is { } identity && await thumbs.JudgeAsync(
            body.SessionId!.Value, identity.TravellerId, body.MovieId!.Value, body.IsPositive!.Value, clock.GetUtcNow(), cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.NoSuchSession();

    private static async Task<NoContent> TakeBackAsync(
        [FromQuery(Name = "session_id")] Guid sessionId, [FromQuery(Name = "movie_id")] int movieId, TravellerCall call, ThumbStore thumbs,
        CancellationToken cancellationToken)
    {
        if (call.Identity is { } identity)
        {
            await thumbs.TakeBackAsync(sessionId, identity.TravellerId, movieId, cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
