using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Engine;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Calls;

/// <summary>Problems of the console beside those that every surface has.</summary>
internal static class ConsoleProblems
{
    public const string RoleTooSmall = "ROLE_TOO_SMALL";
    public const string NotAdministrator = "NOT_ADMINISTRATOR";
    public const string CompanyDeactivated = "COMPANY_DEACTIVATED";
    public const string CompanyNameTaken = "COMPANY_NAME_TAKEN";
    public const string ServiceCompany = "SERVICE_COMPANY";
    public const string KeyNotFound = "KEY_NOT_FOUND";
    public const string KeyRetiring = "KEY_RETIRING";
    public const string TooManyKeys = "TOO_MANY_KEYS";
    public const string LogNotFound = "LOG_NOT_FOUND";
    public const string TooManyStreams = "TOO_MANY_STREAMS";
    public const string RuleNotFound = "RULE_NOT_FOUND";
    public const string TooManyRules = "TOO_MANY_RULES";
    public const string MemberNotFound = "MEMBER_NOT_FOUND";
    public const string LastOwner = "LAST_OWNER";
    public const string InvitationNotFound = "INVITATION_NOT_FOUND";
    public const string AlreadyMember = "ALREADY_MEMBER";
    public const string HasAccount = "ACCOUNT_EXISTS";
    public const string TooManyMembers = "TOO_MANY_MEMBERS";
    public const string CompanyNotFound = "COMPANY_NOT_FOUND";
    public const string TravellerNotFound = "TRAVELLER_NOT_FOUND";
    public const string SessionNotFound = "SESSION_NOT_FOUND";
    public const string ProviderNotFound = "PROVIDER_NOT_FOUND";
    public const string ProviderUnavailable = "PROVIDER_UNAVAILABLE";
    public const string ExternalSignUpExpired = "EXTERNAL_SIGN_UP_EXPIRED";
    public const string LastSignInWay = "LAST_SIGN_IN_WAY";

    public static Problem<Status403> SmallRole(MemberRole needed) => Problems.Of<Status403>(
        RoleTooSmall, $"This needs the role {NameOf(needed)}. An owner of your company can give it to you.", ("role", NameOf(needed)));

    public static Problem<Status403> NoAdministrator() => Problems.Of<Status403>(
        NotAdministrator, "This is for the administrators of the service.");

    public static Problem<Status403> Deactivated() => Problems.Of<Status403>(
        CompanyDeactivated, "Your company is deactivated: its keys do not work and nothing can be changed. Ask the service's administrators.");

    public static Problem<Status409> TakenName() => Problems.Of<Status409>(
        CompanyNameTaken, "Another company has this name. Ask its owner for an invitation, or choose another name.");

    public static Problem<Status409> OfTheService() => Problems.Of<Status409>(
        ServiceCompany, "This company is the service itself: it is neither renamed, deactivated nor deleted.");

    public static Problem<Status404> NoSuchKey() => Problems.Of<Status404>(KeyNotFound, "There is no such key of your company.");

    public static Problem<Status409> RetiringKey() => Problems.Of<Status409>(
        KeyRetiring, "Another key has taken this one's place. It works until its end, which cannot be changed.");

    public static Problem<Status409> ManyKeys() => Problems.Of<Status409>(
        TooManyKeys, $"A company has {CompanyKeys.Most} keys at most. Delete one that is not used any more.");

    public static Problem<Status404> NoSuchLog() => Problems.Of<Status404>(LogNotFound, "There is no such call of your company in the log.");

    public static Problem<Status429> ManyStreams(int most) => Problems.Of<Status429>(
        TooManyStreams, $"A company follows the live feed on {most} pages at most. Close one of them.");

    public static Problem<Status404> NoSuchRule() => Problems.Of<Status404>(RuleNotFound, "There is no such rule of your company.");

    public static Problem<Status409> ManyRules(int most) => Problems.Of<Status409>(
        TooManyRules, $"A company has {most} rules at most. Delete some first.");

    public static Problem<Status404> NoSuchMember() => Problems.Of<Status404>(MemberNotFound, "There is no such member of your company.");

    public static Problem<Status409> LastOwnerStays() => Problems.Of<Status409>(
        LastOwner, "A company has one owner at least. Make another member an owner first, or delete the company.");

    public static Problem<Status404> NoSuchInvitation() => Problems.Of<Status404>(
        InvitationNotFound, "There is no such invitation of your company.");

    public static Problem<Status409> IsMember() => Problems.Of<Status409>(AlreadyMember, "This e-mail is a member of your company already.");

    public static Problem<Status409> AccountExists() => Problems.Of<Status409>(
        HasAccount,
        "This e-mail has an account in the console already, and an account belongs to one company. Ask for an invitation to another e-mail.");

    public static Problem<Status409> ManyPeople(int most) => Problems.Of<Status409>(
        TooManyMembers, $"A company has {most} members and invitations at most. Remove some first.");

    public static Problem<Status404> NoSuchCompany() => Problems.Of<Status404>(CompanyNotFound, "There is no such company.");

    public static Problem<Status404> NoSuchTraveller() => Problems.Of<Status404>(TravellerNotFound, "There is no such traveller with an account.");

    public static Problem<Status404> NoSuchSession() => Problems.Of<Status404>(SessionNotFound, "There is no such recommendation.");

    public static Problem<Status503> EngineAway() => Problems.Of<Status503>(
        EngineCodes.Unavailable, "Movies cannot be counted at present. Try again in a few seconds.");

    public static Problem<Status504> EngineLate() => Problems.Of<Status504>(
        EngineCodes.Late, "Counting the movies took too long. Try with fewer rules.");

    public static Problem<Status404> NoSuchProvider() => Problems.Of<Status404>(
        ProviderNotFound, "There is no such service here by which one may sign in: GET /b2b/auth/providers lists them.");

    public static Problem<Status503> ProviderAway(string provider) => Problems.Of<Status503>(
        ProviderUnavailable, $"The service {provider} does not answer at present. Try again in a minute, or sign in by password.");

    public static Problem<Status410> NoExternalSignUp() => Problems.Of<Status410>(
        ExternalSignUpExpired, "This sign-up has run out, or its e-mail has an account meanwhile. Begin anew on the page for signing in.");

    public static Problem<Status409> LastWayIn() => Problems.Of<Status409>(
        LastSignInWay, "Nobody could sign in to this account any more. Set a password first, by the link for a new password.");

    private static string NameOf(MemberRole role) => role.ToString().ToLowerInvariant();
}
