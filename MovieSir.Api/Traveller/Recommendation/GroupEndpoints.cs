using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>The movies that speak for one of two people.</summary>
public sealed record GroupBody
{
    /// <summary>Left out: what the caller has liked and watched.</summary>
    [MinLength(1), MaxLength(10)]
    public int[]? MovieIds { get; init; }
}

/// <summary>A group that was made.</summary>
/// <param name="GroupId">Whoever has it may join.</param>
/// <param name="Url">The link for the other one.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record GroupAnswer(string GroupId, string Url, DateTimeOffset ExpiresAt);

/// <summary>How far two people have come.</summary>
/// <param name="People">How many have chosen.</param>
/// <param name="Mine">Whether the caller is one of them.</param>
/// <param name="Ready">Whether both have chosen.</param>
internal sealed record GroupStateAnswer(int People, bool Mine, bool Ready);

/// <summary>Two people get one set: each with movies of their own, by a link.</summary>
internal static class GroupEndpoints
{
    public const int Places = 2;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public static void MapGroups(this IEndpointRouteBuilder recommendation)
    {
        var groups = recommendation.MapGroup("/groups");
        groups.MapPost("", MakeAsync).WithName("MakeGroup").WithSummary("Begin a set for two").MakesGuest().IsRecommendation().Validated();
        groups.MapGet("/{groupId}", StateAsync).WithName("GroupState").WithSummary("How far the two have come");
        groups.MapPost("/{groupId}/join", JoinAsync).WithName("JoinGroup").WithSummary("Be the second of two").MakesGuest().Validated();
    }

    private static async Task<Ok<GroupAnswer>> MakeAsync(
        GroupBody body, TravellerCall call, GroupStore groups, ShareLinks links, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (groupId, expiresAt) = (Tokens.NewShort(), clock.GetUtcNow() + Lifetime);
        await groups.AddAsync(groupId, expiresAt, call.TravellerId, [.. (body.MovieIds ?? []).Distinct()], cancellationToken);
        return TypedResults.Ok(new GroupAnswer(groupId, $"{links.App}/together/{groupId}", expiresAt));
    }

    private static async Task<Results<Ok<GroupStateAnswer>, Problem<Status404>>> StateAsync(
        string groupId, TravellerCall call, GroupStore groups, TimeProvider clock, CancellationToken cancellationToken) =>
        await groups.StateAsync(groupId, call.Identity?.TravellerId, clock.GetUtcNow(), cancellationToken) is { } state
            ? TypedResults.Ok(new GroupStateAnswer(state.People, state.IsMine, state.People == Places))
            : TravellerProblems.NoSuchGroup();

    private static async Task<Results<NoContent, Problem<Status404>, Problem<Status409>>> JoinAsync(
        string groupId, GroupBody body, TravellerCall call, GroupStore groups, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await groups.JoinAsync(groupId, call.TravellerId, [.. (body.MovieIds ?? []).Distinct()], now, cancellationToken);
        return await groups.StateAsync(groupId, call.TravellerId, now, cancellationToken) switch
        {
            null => TravellerProblems.NoSuchGroup(),
            { IsMine: true } => TypedResults.NoContent(),
            _ => Problems.Of<Status409>(TravellerProblems.GroupFull, "Two people have chosen already."),
        };
    }
}
