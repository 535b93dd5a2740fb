using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Passwords;
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

    private static async Task<Results<SignUpBegun, Problem<Status409>, Problem<Status422>>> RequestAsync(
        SignUpBody body, HttpContext http, AccountCalls calls, JoinStore travellers, IOptions<TravellerOptions> app,
        CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return AccountProblems.Invalid("email", "is no e-mail address.");
        }

        var (nickname, problem) = Nickname.Read(body.Nickname);
        if (nickname is null)
        {
            return AccountProblems.Invalid("nickname", problem!);
        }

        if (PasswordRules.ProblemOf(body.Password!, email.Text, nickname.Text) is { } weak)
        {
            return AccountProblems.Invalid("password", weak);
        }

        if (await travellers.IsTakenAsync(nickname, null, cancellationToken))
        {
            return TravellerProblems.TakenNickname();
        }

        return await calls.BeginSignUpAsync(
            http, TravellerCookies.SignUp, email, body.Password!,
            hash => new SignUpRequest(Realm.Traveller, email, nickname.Text, hash, body.Language, app.Value.App), cancellationToken);
    }

    private static Task<Results<Accepted<SignUpAnswer>, Problem<Status410>, Refusal>> ResendAsync(
        HttpContext http, AccountCalls calls, IOptions<TravellerOptions> app, CancellationToken cancellationToken) =>
        calls.ResendCodeAsync(http, TravellerCookies.SignUp, app.Value.App, cancellationToken);

    private static async Task<Results<Ok<CodeAnswer>, Problem<Status410>>> VerifyAsync(
        CodeBody body, HttpContext http, SignUps signUps, CancellationToken cancellationToken) =>
        await signUps.TryAsync(HostCookies.Read(http.Request, TravellerCookies.SignUp), body.Code!, cancellationToken) switch
        {
            CodeOutcome.Right(var signUp) => TypedResults.Ok(new CodeAnswer(true, signUp.TriesLeft)),
            CodeOutcome.Wrong(var left) => TypedResults.Ok(new CodeAnswer(false, left)),
            _ => AccountProblems.GoneCode(),
        };

    private static async Task<Results<Ok<UserAnswer>, Problem<Status400>, Problem<Status409>, Problem<Status410>>> ConfirmAsync(
        CodeBody body, HttpContext http, SignUps signUps, TravellerAccounts accounts, TravellerStore travellers,
        IDbContextFactory<MovieSirDbContext> contexts, TimeProvider clock, CancellationToken cancellationToken)
    {
        switch (await signUps.TryAsync(HostCookies.Read(http.Request, TravellerCookies.SignUp), body.Code!, cancellationToken))
        {
            case CodeOutcome.Wrong(var left):
                return AccountProblems.WrongCode(left);
            case CodeOutcome.Right(var signUp):
                await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                    if (await signUps.ConfirmAsync(context, signUp, cancellationToken) is not { } account)
                    {
                        return AccountProblems.GoneCode();
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
                return AccountProblems.GoneCode();
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
}
