using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Api.Traveller.People;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Registration;

/// <summary>What somebody signs up with.</summary>
public sealed record SignUpBody
{
    [Required, StringLength(EmailAddress.MaximumLength)]
    public string? Email { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }

    [Required, StringLength(64)]
    public string? Nickname { get; init; }

    /// <summary>Of the mail.</summary>
    public Language Language { get; init; }
}

/// <summary>The code of the mail.</summary>
public sealed record CodeBody
{
    [Required, RegularExpression("^[0-9]{6}$")]
    public string? Code { get; init; }
}

/// <summary>A code is on its way.</summary>
/// <param name="Email">Where to.</param>
/// <param name="ExpiresIn">Seconds until it ends.</param>
/// <param name="ResendAfter">Seconds until another may be asked for.</param>
internal sealed record SignUpAnswer(string Email, int ExpiresIn, int ResendAfter);

/// <summary>Whether a code is the right one.</summary>
internal sealed record CodeAnswer(bool Valid, int TriesLeft);

/// <summary>Whether a nickname can be had.</summary>
/// <param name="Available">Whether it can.</param>
/// <param name="Problem">What is wrong with it otherwise.</param>
internal sealed record NicknameAnswer(bool Available, string? Problem);

internal static class RegistrationEndpoints
{
    public static void MapRegistration(this IEndpointRouteBuilder travellers)
    {
        var registration = travellers.MapGroup("/registration");
        registration.MapPost("/request", RequestAsync).WithName("RequestSignUp").WithSummary("Begin to sign up: a code is mailed")
            .WithDescription("The answer is the same where the e-mail has an account; the mail then says so.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        registration.MapPost("/resend", ResendAsync).WithName("ResendCode").WithSummary("Mail another code")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn();
        registration.MapPost("/verify", VerifyAsync).WithName("VerifyCode").WithSummary("Whether a code is right; a wrong one takes a try")
            .WithoutSignIn().Validated();
        registration.MapPost("/confirm", ConfirmAsync).WithName("ConfirmSignUp").WithSummary("Make the account, and sign in")
            .WithDescription("What this browser's guest did becomes the account's.").WithoutSignIn().Validated();
        registration.MapGet("/nickname", NicknameAsync).WithName("Nickname").WithSummary("Whether a nickname can be had");
    }

    private static async Task<Results<Accepted<SignUpAnswer>, Problem<Status409>, Problem<Status422>, Refusal>> RequestAsync(
        SignUpBody body, HttpContext http, AccountCheck check, SignUps signUps, PasswordHasher passwords, JoinStore travellers,
        IOptions<TravellerOptions> app, IOptions<AccountOptions> options, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return TravellerProblems.Invalid("email", "is no e-mail address.");
        }

        var (nickname, problem) = Nickname.Read(body.Nickname);
        if (nickname is null)
        {
            return TravellerProblems.Invalid("nickname", problem!);
        }

        if (PasswordRules.ProblemOf(body.Password!, email.Text, nickname.Text) is { } weak)
        {
            return TravellerProblems.Invalid("password", weak);
        }

        if (await travellers.IsTakenAsync(nickname, null, cancellationToken))
        {
            return TravellerProblems.TakenNickname();
        }

        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return Callers.RefusalOf(http, taken);
        }

        if (await passwords.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return (Refusal)TravellerProblems.TooBusy();
        }

        var binding = await signUps.BeginAsync(
            new SignUpRequest(Realm.Traveller, email, nickname.Text, hash, body.Language, app.Value.App),
            HostCookies.Read(http.Request, TravellerCookies.SignUp), cancellationToken);
        HostCookies.Write(http.Response, TravellerCookies.SignUp, binding, TimeSpan.FromHours(1));
        return Sent(email.Text, options.Value);
    }

    private static async Task<Results<Accepted<SignUpAnswer>, Problem<Status410>, Refusal>> ResendAsync(
        HttpContext http, SignUps signUps, IOptions<TravellerOptions> app, IOptions<AccountOptions> options, CancellationToken cancellationToken)
    {
        switch (await signUps.ResendAsync(HostCookies.Read(http.Request, TravellerCookies.SignUp), app.Value.App, cancellationToken))
        {
            case null:
                return TravellerProblems.GoneCode();
            case 0:
                return Sent(null, options.Value);
            case var seconds:
                return Callers.RefusalOf(http, new Reply<int>.Answered(seconds.Value));
        }
    }

    private static async Task<Results<Ok<CodeAnswer>, Problem<Status410>>> VerifyAsync(
        CodeBody body, HttpContext http, SignUps signUps, CancellationToken cancellationToken) =>
        await signUps.TryAsync(HostCookies.Read(http.Request, TravellerCookies.SignUp), body.Code!, cancellationToken) switch
        {
            CodeOutcome.Right(var signUp) => TypedResults.Ok(new CodeAnswer(true, signUp.TriesLeft)),
            CodeOutcome.Wrong(var left) => TypedResults.Ok(new CodeAnswer(false, left)),
            _ => TravellerProblems.GoneCode(),
        };

    private static async Task<Results<Ok<UserAnswer>, Problem<Status400>, Problem<Status409>, Problem<Status410>>> ConfirmAsync(
        CodeBody body, HttpContext http, SignUps signUps, TravellerAccounts accounts, TravellerStore travellers,
        IDbContextFactory<MovieSirDbContext> contexts, TimeProvider clock, CancellationToken cancellationToken)
    {
        switch (await signUps.TryAsync(HostCookies.Read(http.Request, TravellerCookies.SignUp), body.Code!, cancellationToken))
        {
            case CodeOutcome.Wrong(var left):
                return Problems.Of<Status400>(
                    TravellerProblems.CodeInvalid, $"The code is not right. It can be tried {left} more times.", ("tries_left", left));
            case CodeOutcome.Right(var signUp):
                await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                    if (await signUps.ConfirmAsync(context, signUp, cancellationToken) is not { } account)
                    {
                        return TravellerProblems.GoneCode();
                    }

                    var nickname = Nickname.Read(signUp.Name).Nickname!;
                    if (await JoinStore.AddAsync(context, account.AccountId, nickname, clock.GetUtcNow(), cancellationToken) is not { } travellerId)
                    {
                        return TravellerProblems.TakenNickname();
                    }

                    var writeCookies = await accounts.JoinAsync(http, context, account.AccountId, travellerId, remembered: true, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    writeCookies();
                    HostCookies.Delete(http.Response, TravellerCookies.SignUp);
                    var summary = await travellers.SummaryAsync(travellerId, cancellationToken);
                    return TypedResults.Ok(new UserAnswer(User.Of(travellerId, summary)));
                }

            default:
                return TravellerProblems.GoneCode();
        }
    }

    private static async Task<Ok<NicknameAnswer>> NicknameAsync(
        TravellerCall call, JoinStore travellers, CancellationToken cancellationToken, [StringLength(64)] string value = "")
    {
        var (nickname, problem) = Nickname.Read(value);
        return TypedResults.Ok(nickname is null ? new NicknameAnswer(false, problem)
            : await travellers.IsTakenAsync(nickname, call.Identity?.TravellerId, cancellationToken)
                ? new NicknameAnswer(false, "is somebody else's.")
                : new NicknameAnswer(true, null));
    }

    private static Accepted<SignUpAnswer> Sent(string? email, AccountOptions options) => TypedResults.Accepted(
        (string?)null, new SignUpAnswer(email ?? "", options.CodeMinutes * 60, options.ResendSeconds));
}
