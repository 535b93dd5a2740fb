using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.External;
using MovieSir.Api.Companies.Audit;
using MovieSir.Api.Console.People;
using MovieSir.Api.Http;
using MovieSir.Data;
using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;

namespace MovieSir.Api.Console.Auth;

/// <summary>
/// What a sign-in at another service means here. Somebody who is linked is signed in; somebody new names their company next. An e-mail alone opens no
/// account: linking needs a sign-in.
/// </summary>
internal sealed class ExternalSignIn(
    IDbContextFactory<MovieSirDbContext> contexts, ConsoleMembers members, ExternalIdentities identities, AuditTrail audit,
    IDataProtectionProvider protection, IOptions<ConsoleOptions> options) : IExternalSignInReceiver
{
    /// <summary>In what the handlers keep: the sign-in of the member who links; without it, somebody signs in.</summary>
    public const string LinkingSignIn = "linking_sign_in";
    public const string LinkingMember = "linking_member";
    public const string Remembered = "remembered";
    public const string PageLanguage = "language";

    private const string Cookie = "moviesir_console_external";
    private static readonly TimeSpan TimeToName = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Console.ExternalSignUp").ToTimeLimitedDataProtector();

    public string AddressOf(ExternalFailure failure, string provider) =>
        $"{options.Value.App}/oauth?failed={JsonNamingPolicy.KebabCaseLower.ConvertName(failure.ToString())}&provider={provider}";

    public async Task<string> ReceiveAsync(HttpContext http, ExternalPerson person, AuthenticationProperties started)
    {
        await using var context = await contexts.CreateDbContextAsync(http.RequestAborted);
        var account = await ExternalIdentities.FindAccountAsync(context, Realm.Member, person, http.RequestAborted);
        var failure = started.GetString(LinkingMember) is { } member
            ? await LinkAsync(context, person, account, Guid.Parse(member), Guid.Parse(started.GetString(LinkingSignIn)!), http.RequestAborted)
            : account is null
            ? await BeginSignUpAsync(http, context, person, started)
            : await SignInAsync(http, context, account, started);
        return failure is { } reason ? AddressOf(reason, person.Provider)
            : started.GetString(LinkingMember) is not null ? $"{options.Value.App}/settings"
            : account is null ? $"{options.Value.App}/sign-up/company"
            : $"{options.Value.App}/";
    }

    /// <summary>The sign-up that waits in this browser for its company's name; null: none.</summary>
    public ExternalSignUp? Waiting(HttpRequest request)
    {
        try
        {
            return HostCookies.Read(request, Cookie) is { } sealedText
                ? JsonSerializer.Deserialize<ExternalSignUp>(_protector.Unprotect(sealedText))
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // its time has passed, or it is none of ours
        }
    }

    /// <summary>Makes the account of a sign-up that waited. It is saved here.</summary>
    /// <returns>Null where the e-mail or the person has got one meanwhile: nothing may then be committed.</returns>
    public async Task<Account?> AddAccountAsync(
        MovieSirDbContext context, ExternalSignUp waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var email = EmailAddress.Read(waiting.Person.Email)!;
        var account = Account.New(Realm.Member, email.Text, email.Key, passwordHash: null, waiting.Language, now);
        context.Add(account);
        identities.Add(context, Realm.Member, account.AccountId, waiting.Person);
        return await context.TrySaveUniqueAsync(cancellationToken) ? account : null;
    }

    public static void Forget(HttpResponse response) => HostCookies.Delete(response, Cookie);

    private async Task<ExternalFailure?> SignInAsync(
        HttpContext http, MovieSirDbContext context, Account account, AuthenticationProperties started)
    {
        var member = await ConsoleMembers.FindAsync(context, account.AccountId, http.RequestAborted);
        if (account.SuspendedAt is not null || member is null)
        {
            return ExternalFailure.Suspended;
        }

        if (member.Company!.DeactivatedAt is not null)
        {
            return ExternalFailure.CompanyDeactivated;
        }

        await members.SignInAsync(http, account.AccountId, started.GetString(Remembered) is not null, http.RequestAborted);
        return null;
    }

    private async Task<ExternalFailure?> BeginSignUpAsync(
        HttpContext http, MovieSirDbContext context, ExternalPerson person, AuthenticationProperties started)
    {
        if (!person.IsVerified || EmailAddress.Read(person.Email) is not { } email)
        {
            return ExternalFailure.EmailUnverified;
        }

        if (await context.Accounts.AnyAsync(known => known.Realm == Realm.Member && known.EmailKey == email.Key, http.RequestAborted))
        {
            return ExternalFailure.AccountExists;
        }

        var language = Enum.TryParse<Language>(started.GetString(PageLanguage), out var wanted) ? wanted : Language.Ko;
        HostCookies.Write(
            http.Response, Cookie, _protector.Protect(JsonSerializer.Serialize(new ExternalSignUp(person, language)), TimeToName), TimeToName);
        return null;
    }

    private async Task<ExternalFailure?> LinkAsync(
        MovieSirDbContext context, ExternalPerson person, Account? linked, Guid memberId, Guid signInId, CancellationToken cancellationToken)
    {
        if (!await members.IsStillSignedInAsync(memberId, signInId, cancellationToken))
        {
            return ExternalFailure.SignedOut;
        }

        var member = await context.Members.Include(known => known.Account).SingleAsync(known => known.MemberId == memberId, cancellationToken);
        if (linked is not null)
        {
            return linked.AccountId == member.AccountId ? null : ExternalFailure.LinkedElsewhere;
        }

        identities.Add(context, Realm.Member, member.AccountId, person);
        audit.Add(context, member.CompanyId, new Actor(member.Account!.Email), "identity.linked", person.Provider, ("email", person.Email));
        return await context.TrySaveUniqueAsync(cancellationToken) ? null : ExternalFailure.LinkedElsewhere; // to another person of that service
    }
}

/// <summary>Somebody who has signed in at another service and has no account yet.</summary>
internal sealed record ExternalSignUp(ExternalPerson Person, Language Language);
