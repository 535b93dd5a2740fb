using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.People;
using MovieSir.Api.Http;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Auth;

/// <summary>What somebody signs a company up with.</summary>
public sealed record CompanySignUpBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? Email { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }

    /// <summary>The company's name.</summary>
    [Required, StringLength(CompanyName.Longest, MinimumLength = 1)]
    public string? Company { get; init; }

    /// <summary>Of pages and mails.</summary>
    public Language Language { get; init; }
}

/// <summary>Other services by which members may sign in.</summary>
internal sealed record ProviderList(IReadOnlyList<string> Providers);

internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder console)
    {
        var auth = console.MapGroup("/auth");
        auth.MapPost("/register/request", RequestAsync).WithName("RequestCompanySignUp").WithSummary("Begin to sign a company up: a code is mailed")
            .WithDescription("The answer is the same where the e-mail has an account; the mail then says so.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/register/resend", ResendAsync).WithName("ResendCompanyCode").WithSummary("Mail another code")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn();
        auth.MapPost("/register/confirm", ConfirmAsync).WithName("ConfirmCompanySignUp")
            .WithSummary("Make the company and the account of its owner, and sign in").WithoutSignIn().Validated();
        auth.MapPost("/login", SignInAsync).WithName("SignInMember").WithSummary("Sign in")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/refresh", RefreshAsync).WithName("RefreshMemberSignIn").WithSummary("Renew a sign-in that has run out").WithoutSignIn();
        auth.MapPost("/logout", SignOutAsync).WithName("SignOutMember").WithSummary("End this sign-in, one that has run out too").WithoutSignIn();
        auth.MapPost("/password-reset/request", RequestResetAsync).WithName("RequestMemberPasswordReset")
            .WithSummary("Mail a link for a new password").WithDescription("The answer is the same whether there is such an account or not.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        auth.MapPost("/password-reset/confirm", ResetAsync).WithName("ResetMemberPassword").WithSummary("Set a new password; every sign-in ends")
            .WithoutSignIn().Validated();
        auth.MapGet("/sessions", DevicesAsync).WithName("MemberDevices").WithSummary("Devices on which the member is signed in");
        auth.MapDelete("/sessions/{id:guid}", EndDeviceAsync).WithName("EndMemberDevice").WithSummary("End one of them");
        auth.MapDelete("/sessions", EndOthersAsync).WithName("EndOtherMemberDevices").WithSummary("End all others");
    }

    private static async Task<Results<SignUpBegun, Problem<Status409>, Problem<Status422>>> RequestAsync(
        CompanySignUpBody body, HttpContext http, AccountCalls calls, MemberAccounts accounts, IOptions<ConsoleOptions> app,
        CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return AccountProblems.Invalid("email", "is no e-mail address.");
        }

        if (CompanyName.Read(body.Company) is not { } company)
        {
            return AccountProblems.Invalid("company", "is no name.");
        }

        if (PasswordRules.ProblemOf(body.Password!, email.Text, company) is { } weak)
        {
            return AccountProblems.Invalid("password", weak);
        }

        if (await accounts.IsTakenAsync(company, cancellationToken))
        {
            return ConsoleProblems.TakenName();
        }

        return await calls.BeginSignUpAsync(
            http, ConsoleMembers.SignUpCookie, email, body.Password!,
            hash => new SignUpRequest(Realm.Member, email, company, hash, body.Language, app.Value.App), cancellationToken);
    }

    private static Task<Results<Accepted<SignUpAnswer>, Problem<Status410>, Refusal>> ResendAsync(
        HttpContext http, AccountCalls calls, IOptions<ConsoleOptions> app, CancellationToken cancellationToken) =>
        calls.ResendCodeAsync(http, ConsoleMembers.SignUpCookie, app.Value.App, cancellationToken);

    private static async Task<Results<Ok<ConsoleMe>, Problem<Status400>, Problem<Status409>, Problem<Status410>>> ConfirmAsync(
        CodeBody body, HttpContext http, SignUps signUps, MemberAccounts accounts, IOptions<QuotaOptions> quota,
        CancellationToken cancellationToken) =>
        await signUps.TryAsync(HostCookies.Read(http.Request, ConsoleMembers.SignUpCookie), body.Code!, cancellationToken) switch
        {
            CodeOutcome.Wrong(var left) => AccountProblems.WrongCode(left),
            CodeOutcome.Right(var signUp) => await accounts.FoundAsync(http, signUp, cancellationToken) switch
            {
                FoundOutcome.Founded(var member) => TypedResults.Ok(ConsoleMe.Of(member, quota.Value)),
                FoundOutcome.NameTaken => ConsoleProblems.TakenName(),
                _ => AccountProblems.GoneCode(),
            },
            _ => AccountProblems.GoneCode(),
        };

    private static Task<Results<Ok<ConsoleMe>, Problem<Status401>, Problem<Status403>, Refusal>> SignInAsync(
        SignInBody body, HttpContext http, AccountCalls calls, ConsoleMembers members, IOptions<QuotaOptions> quota,
        CancellationToken cancellationToken) =>
        calls.SignInAsync<ConsoleMe>(
            http, Realm.Member, body,
            async account =>
            {
                if (await members.FindAsync(account.AccountId, cancellationToken) is not { } member)
                {
                    return AccountProblems.WrongCredentials(); // removed meanwhile
                }

                if (member.Company!.DeactivatedAt is not null)
                {
                    return ConsoleProblems.Deactivated();
                }

                await members.SignInAsync(http, account.AccountId, body.RememberMe, cancellationToken);
                return TypedResults.Ok(ConsoleMe.Of(member, quota.Value));
            },
            cancellationToken);

    private static Task<Results<NoContent, Problem<Status401>>> RefreshAsync(
        HttpContext http, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.RefreshAsync(http, ConsoleMembers.Scheme, cancellationToken);

    private static async Task<NoContent> SignOutAsync(HttpContext http, SignIns signIns, CancellationToken cancellationToken)
    {
        await signIns.EndAsync(http, ConsoleMembers.Scheme, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<Results<Accepted, Problem<Status422>, Refusal>> RequestResetAsync(
        ResetRequestBody body, HttpContext http, AccountCalls calls, IOptions<ConsoleOptions> options, CancellationToken cancellationToken) =>
        calls.RequestResetAsync(http, Realm.Member, body.Email, options.Value.App, cancellationToken);

    private static Task<Results<NoContent, Problem<Status400>, Problem<Status422>, Refusal>> ResetAsync(
        ResetConfirmBody body, HttpContext http, AccountCalls calls, IOptions<ConsoleOptions> options, CancellationToken cancellationToken) =>
        calls.ResetAsync(http, Realm.Member, body, options.Value.App, cancellationToken);

    private static Task<Ok<DeviceList>> DevicesAsync(ConsoleCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.DevicesAsync(call.AccountId, call.SignInId, cancellationToken);

    private static Task<Results<NoContent, Problem<Status404>>> EndDeviceAsync(
        Guid id, ConsoleCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.EndDeviceAsync(call.AccountId, id, cancellationToken);

    private static Task<NoContent> EndOthersAsync(ConsoleCall call, AccountCalls calls, CancellationToken cancellationToken) =>
        calls.EndOtherDevicesAsync(call.AccountId, call.SignInId, cancellationToken);
}
