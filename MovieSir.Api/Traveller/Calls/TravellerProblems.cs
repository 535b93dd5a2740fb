using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Calls;

/// <summary>Problems of the travellers' surface beside those that every surface has.</summary>
internal static class TravellerProblems
{
    public const string CrossSiteRequest = "CROSS_SITE_REQUEST";
    public const string SessionExpired = "SESSION_EXPIRED";
    public const string SessionEnded = "SESSION_ENDED";
    public const string SignInRequired = "SIGN_IN_REQUIRED";
    public const string TooManyAttempts = "TOO_MANY_ATTEMPTS";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string LimitsUnavailable = "LIMITS_UNAVAILABLE";
    public const string MovieNotFound = "MOVIE_NOT_FOUND";
    public const string LinkNotFound = "LINK_NOT_FOUND";
    public const string SessionNotFound = "SESSION_NOT_FOUND";
    public const string NoMatch = "NO_MATCH";
    public const string AiUnavailable = "AI_SERVICE_UNAVAILABLE";
    public const string AiTimeout = "AI_SERVICE_TIMEOUT";

    public static Problem<Status403> FromAnotherSite() => Problems.Of<Status403>(
        CrossSiteRequest, "This call was sent by a page of another site. Open MovieSir itself and try there.");

    public static Problem<Status401> Expired() => Problems.Of<Status401>(
        SessionExpired, "The sign-in has to be renewed: call POST /auth/refresh and repeat this call.");

    public static Problem<Status401> NotSignedIn() => Problems.Of<Status401>(SignInRequired, "This needs an account: sign in first.");

    public static Problem<Status429> TooMany(int seconds) => Problems.Of<Status429>(
        TooManyAttempts, $"Too many attempts. Try again in {seconds} seconds.", ("retry_after", seconds));

    public static Problem<Status503> StorageAway() => Problems.Of<Status503>(
        StorageUnavailable, "What is stored cannot be read or written at present. Nothing was changed by halves; try again in a few seconds.");

    public static Problem<Status503> LimitsAway() => Problems.Of<Status503>(
        LimitsUnavailable, "Attempts cannot be counted at present, so none is taken. Try again in a few seconds.");

    public static Problem<Status404> NoSuchMovie(int movieId) => Problems.Of<Status404>(
        MovieNotFound, $"There is no movie with the id {movieId} in the catalog.");

    public static Problem<Status404> NoSuchSession() => Problems.Of<Status404>(SessionNotFound, "There is no such recommendation of yours.");

    public static Problem<Status503> EngineAway() => Problems.Of<Status503>(
        AiUnavailable, "Movies cannot be recommended at present. Try again in a few seconds.");

    public static Problem<Status504> EngineLate() => Problems.Of<Status504>(
        AiTimeout, "The recommendation took too long. Try again in a few seconds.");
}
