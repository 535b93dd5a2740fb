global using Refusal = Microsoft.AspNetCore.Http.HttpResults.Results<
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status429>,
    MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status503>>;
global using SignUpBegun = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<MovieSir.Api.Accounts.SignUpAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.Results<
        MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status429>,
        MovieSir.ServiceDefaults.Http.Problem<MovieSir.ServiceDefaults.Http.Status503>>>;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Api.Accounts.Passwords;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Accounts;

/// <summary>Calls that are the same for every surface that people sign in to: sign-ups, new passwords and devices.</summary>
internal sealed class AccountCalls(
    AccountCheck check, SignUps signUps, SignIns signIns, Links links, PasswordHasher passwords, IDbContextFactory<MovieSirDbContext> contexts,
    IOptions<AccountOptions> options, TimeProvider clock)
{
    // What a mail and its rows take.
    private static readonly TimeSpan MailTime = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan SignUpCookieLifetime = TimeSpan.FromHours(1);

    /// <summary>429 with its time, or 503 where attempts cannot be counted.</summary>
    public static Refusal RefusalOf(HttpContext context, Reply<int> taken)
    {
        if (taken is Reply<int>.Answered(var seconds))
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return AccountProblems.TooMany(seconds);
        }

        return AccountProblems.LimitsAway();
    }

    /// <summary>What a check that found nothing right is answered with where it was not made at all; null where it was.</summary>
    public static Refusal? RefusalOf(HttpContext context, CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.TooMany(var taken) => RefusalOf(context, taken),
        CheckOutcome.Busy => AccountProblems.TooBusy(),
        _ => null,
    };

    /// <summary>Signs in by e-mail and password.</summary>
    /// <param name="http">The call.</param>
    /// <param name="realm">Whose accounts.</param>
    /// <param name="body">E-mail and password.</param>
    /// <param name="right">Answers for the account that they belong to; one that was deleted too.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<Results<Ok<T>, Problem<Status401>, Problem<Status403>, Refusal>> SignInAsync<T>(
        HttpContext http, Realm realm, SignInBody body,
        Func<Account, Task<Results<Ok<T>, Problem<Status401>, Problem<Status403>, Refusal>>> right, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(body.Email) is not { } email)
        {
            return AccountProblems.WrongCredentials();
        }

        switch (await check.CheckAsync(realm, email, body.Password!, ClientAddress.Of(http), cancellationToken))
        {
            case CheckOutcome.Right(var account):
                return await right(account);
            case CheckOutcome.Suspended:
                return AccountProblems.Suspended();
            case var outcome:
                return RefusalOf(http, outcome) is { } refusal ? refusal : AccountProblems.WrongCredentials();
        }
    }

    /// <summary>Does what a mail and its rows may take part in, in a time that does not tell whether they did.</summary>
    public async Task EvenlyAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var time = Task.Delay(MailTime, clock, cancellationToken);
        await work();
        await time;
    }

    /// <summary>Begins a sign-up whose fields were read: a code is mailed, and a cookie binds it to the browser.</summary>
    /// <param name="http">The call.</param>
    /// <param name="cookie">Name of the cookie.</param>
    /// <param name="email">Who signs up.</param>
    /// <param name="password">The password, which was found good enough.</param>
    /// <param name="request">What is signed up with, of the password's hash.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<SignUpBegun> BeginSignUpAsync(
        HttpContext http, string cookie, EmailAddress email, string password, Func<string, SignUpRequest> request,
        CancellationToken cancellationToken)
    {
        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return RefusalOf(http, taken);
        }

        if (await passwords.HashAsync(password, cancellationToken) is not { } hash)
        {
            return (Refusal)AccountProblems.TooBusy();
        }

        var binding = await signUps.BeginAsync(request(hash), HostCookies.Read(http.Request, cookie), cancellationToken);
        HostCookies.Write(http.Response, cookie, binding, SignUpCookieLifetime);
        return Sent(email.Text);
    }

    /// <summary>Mails another code to whom this browser's sign-up is for.</summary>
    public async Task<Results<Accepted<SignUpAnswer>, Problem<Status410>, Refusal>> ResendCodeAsync(
        HttpContext http, string cookie, string app, CancellationToken cancellationToken)
    {
        switch (await signUps.ResendAsync(HostCookies.Read(http.Request, cookie), app, cancellationToken))
        {
            case null:
                return AccountProblems.GoneCode();
            case 0:
                return Sent(null);
            case var seconds:
                return RefusalOf(http, new Reply<int>.Answered(seconds.Value));
        }
    }

    /// <summary>Mails a link for a new password. The answer, and its time, are the same whether there is such an account or not.</summary>
    public async Task<Results<Accepted, Problem<Status422>, Refusal>> RequestResetAsync(
        HttpContext http, Realm realm, string? address, string app, CancellationToken cancellationToken)
    {
        if (EmailAddress.Read(address) is not { } email)
        {
            return AccountProblems.Invalid("email", "is no e-mail address.");
        }

        if (await check.TakeMailAsync(email, ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return RefusalOf(http, taken);
        }

        await EvenlyAsync(() => links.SendResetAsync(realm, email, $"{app}/reset", cancellationToken), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>Sets a new password by a link; every sign-in ends.</summary>
    public async Task<Results<NoContent, Problem<Status400>, Problem<Status422>, Refusal>> ResetAsync(
        HttpContext http, Realm realm, ResetConfirmBody body, string app, CancellationToken cancellationToken)
    {
        if (PasswordRules.ProblemOf(body.Password!) is { } weak)
        {
            return AccountProblems.Invalid("password", weak);
        }

        // A wrong token costs a hash too: so many an hour.
        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return RefusalOf(http, taken);
        }

        if (await passwords.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return (Refusal)AccountProblems.TooBusy();
        }

        return await links.ResetAsync(realm, body.Token!, hash, app, cancellationToken) ? TypedResults.NoContent() : AccountProblems.BadLink();
    }

    /// <summary>Renews a sign-in.</summary>
    public async Task<Results<NoContent, Problem<Status401>>> RefreshAsync(
        HttpContext http, SignInScheme scheme, CancellationToken cancellationToken) =>
        await signIns.RefreshAsync(http, scheme, cancellationToken) ? TypedResults.NoContent() : AccountProblems.Ended();

    /// <summary>Devices on which an account is signed in.</summary>
    public async Task<Ok<DeviceList>> DevicesAsync(Guid accountId, Guid? current, CancellationToken cancellationToken) =>
        TypedResults.Ok(DeviceList.Of(await signIns.ListAsync(accountId, cancellationToken), current));

    /// <summary>Ends one of them.</summary>
    public async Task<Results<NoContent, Problem<Status404>>> EndDeviceAsync(Guid accountId, Guid signInId, CancellationToken cancellationToken) =>
        await signIns.EndOneAsync(accountId, signInId, cancellationToken) ? TypedResults.NoContent() : AccountProblems.NoSuchDevice();

    /// <summary>Ends all but the one that asks.</summary>
    public async Task<NoContent> EndOtherDevicesAsync(Guid accountId, Guid? current, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await SignIns.EndAllAsync(context, accountId, current, cancellationToken);
        return TypedResults.NoContent();
    }

    private Accepted<SignUpAnswer> Sent(string? email) => TypedResults.Accepted(
        (string?)null, new SignUpAnswer(email ?? "", options.Value.CodeMinutes * 60, options.Value.ResendSeconds));
}
