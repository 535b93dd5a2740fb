using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Auth;

internal static class AuthEndpoints
{
    // What a mail and its rows take: an e-mail without an account is answered in the same time.
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(300);

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

    private static async Task<Results<Ok<UserAnswer>, Problem<Status401>, Problem<Status403>, Refusal>> SignInAsync(
        SignInBody body, HttpContext http, AccountCheck check, TravellerAccounts accounts, TravellerStore travellers,
        IOptions<AccountOptions> options, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return TravellerProblems.WrongCredentials();
        }

        switch (await check.CheckAsync(Realm.Traveller, email, body.Password!, ClientAddress.Of(http), cancellationToken))
        {
            case CheckOutcome.Right({ DeletedAt: { } deletedAt }):
                return Problems.Of<Status403>(
                    TravellerProblems.AccountDeleted, "The account was deleted. It can still be restored.",
                    ("restorable_until", deletedAt.AddDays(options.Value.GraceDays)));
            case CheckOutcome.Right(var account):
                return await SignedInAsync(http, accounts, travellers, account, body.RememberMe, cancellationToken);
            case CheckOutcome.TooMany(var taken):
                return Callers.RefusalOf(http, taken);
            case CheckOutcome.Busy:
                return (Refusal)TravellerProblems.TooBusy();
            default:
                return TravellerProblems.WrongCredentials();
        }
    }

    private static async Task<Results<Ok<UserAnswer>, Problem<Status401>, Refusal>> RestoreAsync(
        SignInBody body, HttpContext http, AccountCheck check, TravellerAccounts accounts, TravellerStore travellers,
        IDbContextFactory<MovieSirDbContext> contexts, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return TravellerProblems.WrongCredentials();
        }

        switch (await check.CheckAsync(Realm.Traveller, email, body.Password!, ClientAddress.Of(http), cancellationToken))
        {
            case CheckOutcome.Right(var account):
                await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
                {
                    await context.Accounts.Where(known => known.AccountId == account.AccountId).ExecuteUpdateAsync(
                        update => update.SetProperty(known => known.DeletedAt, (DateTimeOffset?)null), cancellationToken);
                }

                return await SignedInAsync(http, accounts, travellers, account, body.RememberMe, cancellationToken);
            case CheckOutcome.TooMany(var taken):
                return Callers.RefusalOf(http, taken);
            case CheckOutcome.Busy:
                return (Refusal)TravellerProblems.TooBusy();
            default:
                return TravellerProblems.WrongCredentials();
        }
    }

    private static async Task<Ok<UserAnswer>> SignedInAsync(
        HttpContext http, TravellerAccounts accounts, TravellerStore travellers, Account account,
            bool remembered, CancellationToken cancellationToken)
    {
        var travellerId = await accounts.SignInAsync(http, account, remembered, cancellationToken);
        return TypedResults.Ok(new UserAnswer(User.Of(travellerId, await travellers.SummaryAsync(travellerId, cancellationToken))));
    }

    private static async Task<Results<NoContent, Problem<Status401>>> RefreshAsync(
        HttpContext http, SignIns signIns, CancellationToken cancellationToken) =>
        await signIns.RefreshAsync(http, TravellerAccounts.Scheme, cancellationToken) ? TypedResults.NoContent() : TravellerProblems.Ended();

    private static async Task<NoContent> SignOutAsync(HttpContext http, SignIns signIns, CancellationToken cancellationToken)
    {
        await signIns.EndAsync(http, TravellerAccounts.Scheme, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, Problem<Status422>, Refusal>> RequestResetAsync(
        ResetRequestBody body, HttpContext http, AccountCheck check, Links links, IOptions<TravellerOptions> options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return TravellerProblems.Invalid("email", "is no e-mail address.");
        }

        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return Callers.RefusalOf(http, taken);
        }

        var time = Task.Delay(ResetTime, clock, cancellationToken);
        await links.SendResetAsync(Realm.Traveller, email, $"{options.Value.App}/reset", cancellationToken);
        await time;
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, Problem<Status400>, Problem<Status422>, Refusal>> ResetAsync(
        ResetConfirmBody body, HttpContext http, AccountCheck check, Links links, PasswordHasher passwords, IOptions<TravellerOptions> options,
        CancellationToken cancellationToken)
    {
        if (PasswordRules.ProblemOf(body.Password!) is { } weak)
        {
            return TravellerProblems.Invalid("password", weak);
        }

        // A wrong token costs a hash too: so many an hour.
        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return Callers.RefusalOf(http, taken);
        }

        if (await passwords.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return (Refusal)TravellerProblems.TooBusy();
        }

        return await links.ResetAsync(Realm.Traveller, body.Token!, hash, options.Value.App, cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.BadLink();
    }

    private static async Task<Ok<DeviceList>> DevicesAsync(TravellerCall call, SignIns signIns, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DeviceList(
            [.. (await signIns.ListAsync(call.Identity!.AccountId!.Value, cancellationToken)).Select(device => new DeviceAnswer(
                device.SignInId, device.Device, device.CreatedAt, device.LastSeenAt, device.SignInId == call.Identity.SignInId))]));

    private static async Task<Results<NoContent, Problem<Status404>>> EndDeviceAsync(
        Guid id, TravellerCall call, SignIns signIns, CancellationToken cancellationToken) =>
        await signIns.EndOneAsync(call.Identity!.AccountId!.Value, id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Of<Status404>(TravellerProblems.SessionNotFound, "There is no such device of yours.");

    private static async Task<NoContent> EndOthersAsync(
        TravellerCall call, IDbContextFactory<MovieSirDbContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await SignIns.EndAllAsync(context, call.Identity!.AccountId!.Value, call.Identity.SignInId, cancellationToken);
        return TypedResults.NoContent();
    }
}
