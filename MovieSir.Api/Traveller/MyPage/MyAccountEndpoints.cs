using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>What the owner of an account changes of it. All but the nickname takes the password.</summary>
internal static class MyAccountEndpoints
{
    public static void MapMyAccount(this IEndpointRouteBuilder mypage)
    {
        mypage.MapPut("/nickname", RenameAsync).WithName("ChangeNickname").WithSummary("Take another nickname").NeedsAccount().Validated();
        mypage.MapPost("/password", ChangePasswordAsync).WithName("ChangePassword").WithSummary("Set a new password; other sign-ins end")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).NeedsAccount().Validated();
        mypage.MapPost("/email/request", RequestEmailAsync).WithName("RequestEmailChange").WithSummary("Mail a link to a new e-mail")
            .WithDescription("The answer is the same where that e-mail has an account already.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).NeedsAccount().Validated();
        mypage.MapPost("/email/confirm", ConfirmEmailAsync).WithName("ConfirmEmailChange")
            .WithSummary("Take the new e-mail by its link; the old one is told").WithoutSignIn().Validated();
        mypage.MapDelete("/account", DeleteAsync).WithName("DeleteAccount").WithSummary("Delete the account; it can be restored for a while")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).NeedsAccount().Validated();
    }

    private static async Task<Results<NoContent, Problem<Status409>, Problem<Status422>>> RenameAsync(
        NicknameBody body, TravellerCall call, JoinStore travellers, CancellationToken cancellationToken)
    {
        var (nickname, problem) = Nickname.Read(body.Nickname);
        if (nickname is null)
        {
            return AccountProblems.Invalid("nickname", problem!);
        }

        return await travellers.RenameAsync(call.TravellerId, nickname, cancellationToken)
            ? TypedResults.NoContent()
            : TravellerProblems.TakenNickname();
    }

    private static async Task<Results<NoContent, Problem<Status401>, Problem<Status422>, Refusal>> ChangePasswordAsync(
        PasswordBody body, HttpContext http, TravellerCall call, AccountCheck check, AccountChanges changes, PasswordHasher passwords,
        TravellerStore travellers, IOptions<TravellerOptions> options, CancellationToken cancellationToken)
    {
        var traveller = await travellers.SummaryAsync(call.TravellerId, cancellationToken);
        if (PasswordRules.ProblemOf(body.NewPassword!, traveller.Email, traveller.Nickname) is { } weak)
        {
            return AccountProblems.Invalid("new_password", weak);
        }

        var accountId = call.Identity!.AccountId!.Value;
        var outcome = await check.CheckAsync(accountId, body.CurrentPassword!, ClientAddress.Of(http), cancellationToken);
        if (outcome is not CheckOutcome.Right)
        {
            return AccountCalls.RefusalOf(http, outcome) is { } refusal ? refusal : AccountProblems.WrongPassword();
        }

        if (await passwords.HashAsync(body.NewPassword!, cancellationToken) is not { } hash)
        {
            return (Refusal)AccountProblems.TooBusy();
        }

        await changes.ChangePasswordAsync(accountId, hash, call.Identity.SignInId, options.Value.App, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, Problem<Status401>, Problem<Status422>, Refusal>> RequestEmailAsync(
        EmailBody body, HttpContext http, TravellerCall call, AccountCheck check, AccountCalls calls, Links links,
        IOptions<TravellerOptions> options, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.NewEmail) is not { } email)
        {
            return AccountProblems.Invalid("new_email", "is no e-mail address.");
        }

        var accountId = call.Identity!.AccountId!.Value;
        var outcome = await check.CheckAsync(accountId, body.Password!, ClientAddress.Of(http), cancellationToken);
        if (outcome is not CheckOutcome.Right)
        {
            return AccountCalls.RefusalOf(http, outcome) is { } refusal ? refusal : AccountProblems.WrongPassword();
        }

        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var mails && mails is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, mails);
        }

        // An e-mail that has an account is answered in the same time.
        await calls.EvenlyAsync(
            () => links.SendEmailChangeAsync(accountId, email, $"{options.Value.App}/email", cancellationToken), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, Problem<Status400>, Refusal>> ConfirmEmailAsync(
        EmailConfirmBody body, HttpContext http, AccountCheck check, Links links, IOptions<TravellerOptions> options,
        CancellationToken cancellationToken)
    {
        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        return await links.ChangeEmailAsync(Realm.Traveller, body.Token!, options.Value.App, cancellationToken)
            ? TypedResults.NoContent()
            : AccountProblems.BadLink();
    }

    private static async Task<Results<Ok<DeletionAnswer>, Problem<Status401>, Refusal>> DeleteAsync(
        [FromBody] DeletionBody body, HttpContext http, TravellerCall call, AccountCheck check, AccountChanges changes, SignIns signIns,
        IOptions<TravellerOptions> options, CancellationToken cancellationToken)
    {
        var accountId = call.Identity!.AccountId!.Value;
        var outcome = await check.CheckAsync(accountId, body.Password!, ClientAddress.Of(http), cancellationToken);
        if (outcome is not CheckOutcome.Right)
        {
            return AccountCalls.RefusalOf(http, outcome) is { } refusal ? refusal : AccountProblems.WrongPassword();
        }

        var until = await changes.DeleteAsync(accountId, options.Value.App, cancellationToken);
        await signIns.EndAsync(http, TravellerAccounts.Scheme, cancellationToken);
        return TypedResults.Ok(new DeletionAnswer(until));
    }
}
