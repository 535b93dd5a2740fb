using MovieSir.Api.Companies.Keys;
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

    private static string NameOf(MemberRole role) => role.ToString().ToLowerInvariant();
}
