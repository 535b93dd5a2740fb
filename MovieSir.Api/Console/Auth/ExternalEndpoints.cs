using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.External;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Console.People;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Data.Accounts;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Auth;

/// <summary>How somebody wants to be signed in after another service has said who they are.</summary>
public sealed record ExternalStartBody
{
    /// <summary>Whether the sign-in stays when the browser is closed.</summary>
    public bool RememberMe { get; init; }

    /// <summary>Of pages and mails, where the account is new.</summary>
    public Language Language { get; init; }
}

/// <summary>The name of the company of somebody who signs up by another service.</summary>
public sealed record ExternalSignUpBody
{
    [Required, StringLength(CompanyName.Longest, MinimumLength = 1)]
    public string? Company { get; init; }
}

/// <summary>Where the browser goes next.</summary>
internal sealed record ExternalStart(string Address);

/// <summary>Who signs up.</summary>
internal sealed record ExternalSignUpAnswer(string Provider, string Email);

/// <summary>Another service by which the member may sign in.</summary>
/// <param name="Provider">The service.</param>
/// <param name="Email">The e-mail there when it was linked.</param>
/// <param name="LinkedAt">When.</param>
internal sealed record IdentityAnswer(string Provider, string Email, DateTimeOffset LinkedAt);

/// <summary>How the member may sign in.</summary>
internal sealed record IdentityList(bool HasPassword, IReadOnlyList<IdentityAnswer> Identities);

internal static class ExternalEndpoints
{
    public static void MapExternal(this IEndpointRouteBuilder console)
    {
        console.MapGet("/auth/providers", Providers).WithName("SignInProviders").WithSummary("Other services by which one may sign in")
            .WithoutSignIn();
        console.MapPost("/auth/providers/{provider}/start", StartAsync).WithName("StartExternalSignIn")
            .WithSummary("Begin to sign in, or up, by another service").WithDescription("The browser then goes to the answered address.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).WithoutSignIn().Validated();
        console.MapGet("/auth/external-sign-up", Waiting).WithName("ExternalSignUp")
            .WithSummary("Who came from another service and has no account yet").WithoutSignIn();
        console.MapPost("/auth/external-sign-up", ConfirmAsync).WithName("ConfirmExternalSignUp")
            .WithSummary("Make the company and the account of its owner, and sign in").WithoutSignIn().Validated();
        console.MapGet("/me/identities", ListAsync).WithName("MemberIdentities").WithSummary("Other services by which the member may sign in");
        console.MapPost("/me/identities/{provider}", LinkAsync).WithName("LinkIdentity").WithSummary("Begin to link another service")
            .WithDescription("The browser then goes to the answered address.");
        console.MapDelete("/me/identities/{provider}", UnlinkAsync).WithName("UnlinkIdentity").WithSummary("Unlink another service")
            .WithDescription("The last way to sign in stays: set a password first.");
    }

    /// <summary>Where other services send the browser back to. The framework's handlers answer there.</summary>
    public static void UseExternalCallbacks(this WebApplication app)
    {
        var paths = app.Services.GetRequiredService<ExternalStarts>().Providers.Select(ExternalSchemes.CallbackPathOf).ToHashSet();
        if (paths.Count == 0)
        {
            return;
        }

        var console = new Uri(app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.App);
        var outages = app.Services.GetRequiredService<Outages>();
        app.Use((context, next) =>
        {
            if (!paths.Contains(context.Request.Path.Value!))
            {
                return next(context);
            }

            context.Response.Headers.CacheControl = "no-store";
            ExternalStarts.ReturnTo(context.Request, console);
            return AccountGate.PassAsync(context, outages, () => next(context));
        });
        app.UseAuthentication();
    }

    private static Ok<ProviderList> Providers(ExternalStarts starts) => TypedResults.Ok(new ProviderList(starts.Providers));

    private static async Task<Results<Ok<ExternalStart>, Problem<Status404>, Refusal>> StartAsync(
        string provider, ExternalStartBody body, HttpContext http, ExternalStarts starts, AccountCheck check, IOptions<ConsoleOptions> options)
    {
        if (!starts.Providers.Contains(provider))
        {
            return ConsoleProblems.NoSuchProvider();
        }

        if (await check.TakeLinkAsync(ClientAddress.Of(http)) is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        var items = new Dictionary<string, string?> { [ExternalSignIn.PageLanguage] = body.Language.ToString() };
        if (body.RememberMe)
        {
            items[ExternalSignIn.Remembered] = "";
        }

        return await starts.StartAsync(http, provider, new Uri(options.Value.App), items) is { } address
            ? TypedResults.Ok(new ExternalStart(address))
            : (Refusal)ConsoleProblems.ProviderAway(provider);
    }

    private static Results<Ok<ExternalSignUpAnswer>, Problem<Status410>> Waiting(HttpContext http, ExternalSignIn external) =>
        external.Waiting(http.Request) is { Person: var person }
            ? TypedResults.Ok(new ExternalSignUpAnswer(person.Provider, person.Email!))
            : ConsoleProblems.NoExternalSignUp();

    private static async Task<Results<Ok<ConsoleMe>, Problem<Status409>, Problem<Status410>, Problem<Status422>>> ConfirmAsync(
        ExternalSignUpBody body, HttpContext http, ExternalSignIn external, MemberAccounts accounts, IOptions<QuotaOptions> quota, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (external.Waiting(http.Request) is not { } waiting)
        {
            return ConsoleProblems.NoExternalSignUp();
        }

        if (CompanyName.Read(body.Company) is not { } company)
        {
            return AccountProblems.Invalid("company", "is no name.");
        }

        if (await accounts.IsTakenAsync(company, cancellationToken))
        {
            return ConsoleProblems.TakenName();
        }

        switch (await accounts.FoundAsync(
            http, company, context => external.AddAccountAsync(context, waiting, clock.GetUtcNow(), cancellationToken), cancellationToken))
        {
            case FoundOutcome.Founded(var member):
                ExternalSignIn.Forget(http.Response);
                return TypedResults.Ok(ConsoleMe.Of(member, quota.Value));
            case FoundOutcome.NameTaken:
                return ConsoleProblems.TakenName();
            default:
                return ConsoleProblems.NoExternalSignUp();
        }
    }

    private static async Task<Ok<IdentityList>> ListAsync(
        ConsoleCall call, MemberIdentities identities, CancellationToken cancellationToken) =>
        TypedResults.Ok(new IdentityList(
            call.Member.Account!.PasswordHash is not null, await identities.ListAsync(call.AccountId, cancellationToken)));

    private static async Task<Results<Ok<ExternalStart>, Problem<Status404>, Problem<Status503>>> LinkAsync(
        string provider, HttpContext http, ConsoleCall call, ExternalStarts starts, IOptions<ConsoleOptions> options)
    {
        if (!starts.Providers.Contains(provider))
        {
            return ConsoleProblems.NoSuchProvider();
        }

        var items = new Dictionary<string, string?>
        {
            [ExternalSignIn.LinkingMember] = call.Member.MemberId.ToString(),
            [ExternalSignIn.LinkingSignIn] = call.SignInId.ToString(),
        };
        return await starts.StartAsync(http, provider, new Uri(options.Value.App), items) is { } address
            ? TypedResults.Ok(new ExternalStart(address))
            : ConsoleProblems.ProviderAway(provider);
    }

    private static async Task<Results<NoContent, Problem<Status404>, Problem<Status409>>> UnlinkAsync(
        string provider, ConsoleCall call, MemberIdentities identities, CancellationToken cancellationToken) =>
        await identities.UnlinkAsync(call.Member, call.Actor, provider, cancellationToken) switch
        {
            UnlinkOutcome.Unlinked => TypedResults.NoContent(),
            UnlinkOutcome.LastWayIn => ConsoleProblems.LastWayIn(),
            _ => ConsoleProblems.NoSuchProvider(),
        };
}
