using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data.Accounts;

namespace MovieSir.Api.Traveller.Users;

/// <summary>What somebody wants changed.</summary>
public sealed record UserChange
{
    /// <summary>Language of pages and mails.</summary>
    public Language? Language { get; init; }

    /// <summary>Whether movies for adults only may be recommended.</summary>
    public bool? ShowAdult { get; init; }
}

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder travellers)
    {
        travellers.MapGet("/users/me", MeAsync)
            .WithName("Me")
            .WithSummary("Who calls: nobody, a guest or a traveller with an account");

        travellers.MapPatch("/users/me", ChangeAsync)
            .WithName("ChangeMe")
            .WithSummary("Change language and adult movies")
            .MakesGuest()
            .Validated();
    }

    private static async Task<Ok<Me>> MeAsync(TravellerCall call, TravellerStore travellers, CancellationToken cancellationToken) =>
        TypedResults.Ok(call.Identity is { } identity
            ? Me.Of(identity, await travellers.SummaryAsync(identity.TravellerId, cancellationToken))
            : Me.Nobody);

    private static async Task<Ok<Me>> ChangeAsync(
        UserChange change, TravellerCall call, TravellerStore travellers, CancellationToken cancellationToken)
    {
        await travellers.ChangeAsync(call.TravellerId, change.Language, change.ShowAdult, cancellationToken);
        return TypedResults.Ok(Me.Of(call.Identity!, await travellers.SummaryAsync(call.TravellerId, cancellationToken)));
    }
}
