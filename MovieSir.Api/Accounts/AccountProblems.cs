using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Accounts;

/// <summary>Problems of every surface that people sign in to.</summary>
internal static class AccountProblems
{
    public const string CrossSiteRequest = "CROSS_SITE_REQUEST";
    public const string SessionExpired = "SESSION_EXPIRED";
    public const string SessionEnded = "SESSION_ENDED";
    public const string SessionNotFound = "SESSION_NOT_FOUND";
    public const string SignInRequired = "SIGN_IN_REQUIRED";
    public const string TooManyAttempts = "TOO_MANY_ATTEMPTS";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string LimitsUnavailable = "LIMITS_UNAVAILABLE";
    public const string InvalidCredentials = "INVALID_CREDENTIALS";
    public const string CodeInvalid = "CODE_INVALID";
    public const string CodeExpired = "CODE_EXPIRED";
    public const string LinkInvalid = "LINK_INVALID";
    public const string Busy = "BUSY";
    public const string WrongPasswordCode = "WRONG_PASSWORD";
    public const string AccountSuspended = "ACCOUNT_SUSPENDED";

    public static Problem<Status403> FromAnotherSite() => Problems.Of<Status403>(
        CrossSiteRequest, "This call was sent by a page of another site. Open MovieSir itself and try there.");

    /// <param name="refresh">The path by which a sign-in is renewed.</param>
    public static Problem<Status401> Expired(string refresh) => Problems.Of<Status401>(
        SessionExpired, $"The sign-in has to be renewed: call POST {refresh} and repeat this call.");

    public static Problem<Status401> NotSignedIn() => Problems.Of<Status401>(SignInRequired, "This needs an account: sign in first.");

    public static Problem<Status429> TooMany(int seconds) => Problems.Of<Status429>(
        TooManyAttempts, $"Too many attempts. Try again in {seconds} seconds.", ("retry_after", seconds));

    public static Problem<Status503> StorageAway() => Problems.Of<Status503>(
        StorageUnavailable, "What is stored cannot be read or written at present. Nothing was changed by halves; try again in a few seconds.");

    public static Problem<Status503> LimitsAway() => Problems.Of<Status503>(
        LimitsUnavailable, "Attempts cannot be counted at present, so none is taken. Try again in a few seconds.");

    public static Problem<Status503> TooBusy() => Problems.Of<Status503>(
        Busy, "Too many people sign in at this moment. Try again in a few seconds.");

    public static Problem<Status401> WrongCredentials() => Problems.Of<Status401>(
        InvalidCredentials, "E-mail and password do not belong together. Check both, or set a new password.");

    public static Problem<Status401> WrongPassword() => Problems.Of<Status401>(WrongPasswordCode, "The password is not right.");

    public static Problem<Status403> Suspended() => Problems.Of<Status403>(
        AccountSuspended, "This account was switched off by the administrators of the service. Write to us where you think that this is wrong.");

    public static Problem<Status401> Ended() => Problems.Of<Status401>(SessionEnded, "The sign-in has ended: sign in again.");

    public static Problem<Status400> WrongCode(int triesLeft) => Problems.Of<Status400>(
        CodeInvalid, $"The code is not right. It can be tried {triesLeft} more times.", ("tries_left", triesLeft));

    public static Problem<Status410> GoneCode() => Problems.Of<Status410>(
        CodeExpired, "The code has run out, or was tried too often. Begin the sign-up anew.");

    public static Problem<Status400> BadLink() => Problems.Of<Status400>(
        LinkInvalid, "The link has run out or was used before. Ask for another.");

    public static Problem<Status404> NoSuchDevice() => Problems.Of<Status404>(SessionNotFound, "There is no such device of yours.");

    public static Problem<Status422> Invalid(string field, string problem) => Problems.Invalid(
        ProblemCodes.ValidationFailed, new Dictionary<string, string[]> { [field] = [problem] });
}
