using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Auth;

internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder travellers)
    {
        var auth = travellers.MapGroup("/auth");
        auth.MapPost("/login", SignInAsync).WithName("SignIn").WithSummary("Sign in; what this browser's guest did becomes the account's")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/restore", RestoreAsync).WithName("RestoreAccount").WithSummary("Sign in to a deleted account, which lives on")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/refresh", RefreshAsync).WithName("RefreshSignIn").WithSummary("Renew a sign-in that has run out").WithoutSignIn();
        auth.MapPost("/logout", SignOutAsync).WithName("SignOut").WithSummary("End this sign-in, one that has run out too").WithoutSignIn();
        auth.MapPost("/password-reset/request", RequestResetAsync).WithName("RequestPasswordReset").WithSummary("Mail a link for a new password")
            .WithDescription("The answer is the same whether there is such an account or not.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/password-reset/confirm", ResetAsync).WithName("ResetPassword").WithSummary("Set a new password; every sign-in ends")
            .WithoutSignIn().Validated();
        auth.MapGet("/sessions", DevicesAsync).WithName("Devices").WithSummary("Devices on which the traveller is signed in").NeedsAccount();
        auth.MapDelete("/sessions/{id:guid}", EndDeviceAsync).WithName("EndDevice").WithSummary("End one of them").NeedsAccount();
        auth.MapDelete("/sessions", EndOthersAsync).WithName("EndOtherDevices").WithSummary("End all others").NeedsAccount();
    }

    private static Task<Results<Ok<UserAnswer>, Problem<Status401>, Problem<Status403>, Refusal>> SignInAsync(
        SignInBody body, HttpContext http, AccountCalls calls, TravellerAccounts accounts, TravellerStore travellers,
        IOptions<AccountOptions> options, CancellationToken cancellationToken) =>
        calls.SignInAsync<UserAnswer>(
            http, Realm.Traveller, body,
            async account => account.DeletedAt is { } deletedAt
                ? Problems.Of<Status403>(
                    TravellerProblems.AccountDeleted, "The account was deleted. It can still be restored.",
                    ("restorable_until", deletedAt.AddDays(options.Value.GraceDays)))
                : await SignedInAsync(http, accounts, travellers, account, body.RememberMe, cancellationToken),
            cancellationToken);

    private static Task<Results<Ok<UserAnswer>, Problem<Status401>, Problem<Status403>, Refusal>> RestoreAsync(
        SignInBody body, HttpContext http, AccountCalls calls, TravellerAccounts accounts, TravellerStore travellers,
        IDbContextFactory<MovieSirDbContext> contexts, CancellationToken cancellationToken) =>
        calls.SignInAsync<UserAnswer>(
            http, Realm.Traveller, body,
            async account =>
            {
                await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
                {
                    await context.Accounts.Where(known => known.AccountId == account.AccountId).ExecuteUpdateAsync(
                        update => update.SetProperty(known => known.DeletedAt, (DateTimeOffset?)null), cancellationToken);
                }

                return await SignedInAsync(http, accounts, travellers, account, body.RememberMe, cancellationToken);
            },
            cancellationToken);

    private static async Task<Ok<UserAnswer>> SignedInAsync(
        HttpContext http, TravellerAccounts accounts, TravellerStore travellers, Account account, bool remembered,
        CancellationToken cancellationToken)
    {
        var travellerId = await accounts.SignInAsync(http, account, remembered, cancellationToken);
        return TypedResults.Ok(new UserAnswer(User.Of(travellerId, await travellers.SummaryAsync(travellerId, cancellationToken))));
    }

    private static Task<Results<NoContent, Problem<Status401>>> RefreshAsync(
        HttpContext http, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.RefreshAsync(http, TravellerAccounts.Scheme, cancellationToken);

    private static async Task<NoContent> SignOutAsync(HttpContext http, SignIns signIns, CancellationToken cancellationToken)
    {
        await signIns.EndAsync(http, TravellerAccounts.Scheme, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<Results<Accepted, Problem<Status422>, Refusal>> RequestResetAsync(
        ResetRequestBody body, HttpContext http, AccountCalls calls, IOptions<TravellerOptions> options, CancellationToken cancellationToken) =>
        calls.RequestResetAsync(http, Realm.Traveller, body.Email, options.Value.App, cancellationToken);

    private static Task<Results<NoContent, Problem<Status400>, Problem<Status422>, Refusal>> ResetAsync(
        ResetConfirmBody body, HttpContext http, AccountCalls calls, IOptions<TravellerOptions> options, CancellationToken cancellationToken) =>
        calls.ResetAsync(http, Realm.Traveller, body, options.Value.App, cancellationToken);

    private static Task<Ok<DeviceList>> DevicesAsync(TravellerCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.DevicesAsync(call.Identity!.AccountId!.Value, call.Identity.SignInId, cancellationToken);

    private static Task<Results<NoContent, Problem<Status404>>> EndDeviceAsync(
        Guid id, TravellerCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.EndDeviceAsync(call.Identity!.AccountId!.Value, id, cancellationToken);

    private static Task<NoContent> EndOthersAsync(TravellerCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.EndOtherDevicesAsync(call.Identity!.AccountId!.Value, call.Identity.SignInId, cancellationToken);
}
