using System.Net;
using MovieSir.Api.Engine;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Calls;

/// <summary>Problems of the partner API beside those that every surface has.</summary>
internal static class PartnerProblems
{
    public const string InvalidApiKey = "INVALID_API_KEY";
    public const string TooManyInvalidKeys = "TOO_MANY_INVALID_KEYS";
    public const string RateLimitExceeded = "RATE_LIMIT_EXCEEDED";
    public const string KeysUnavailable = "KEYS_UNAVAILABLE";
    public const string QuotaUnavailable = "QUOTA_UNAVAILABLE";
    public const string AccountingUnavailable = "ACCOUNTING_UNAVAILABLE";
    public const string CatalogUnavailable = "CATALOG_UNAVAILABLE";
    public const string RecommendationNotFound = "RECOMMENDATION_NOT_FOUND";
    public const string UnknownMovie = "UNKNOWN_MOVIE";
    public const string ScopeMissing = "SCOPE_MISSING";
    public const string AddressNotAllowed = "ADDRESS_NOT_ALLOWED";

    public static Problem<Status401> BadKey() => Problems.Of<Status401>(
        InvalidApiKey,
        "The API key is missing or not valid. Send a key in the header X-API-Key.");

    public static Problem<Status429> ManyBadKeys() => Problems.Of<Status429>(
        TooManyInvalidKeys,
        "Too many calls without a valid key came from this address. Check the key in the header X-API-Key, and wait as long as Retry-After "
        + "says.");

    public static Problem<Status403> NoScope(ApiKeyScope scope) => Problems.Of<Status403>(
        ScopeMissing,
        $"The key may not make calls of the scope {scope.ToString().ToLowerInvariant()}. Add it to the key in the console, or use another key.");

    public static Problem<Status403> WrongAddress(IPAddress? address) => Problems.Of<Status403>(
        AddressNotAllowed,
        $"The key may not be used from the address {address}. Add the address to the key in the console, or call from one that is allowed.");

    public static Problem<Status503> KeysAway() => Problems.Of<Status503>(
        KeysUnavailable,
        "The API key cannot be checked at present. Try again in a few seconds.");

    public static Problem<Status503> QuotaAway() => Problems.Of<Status503>(
        QuotaUnavailable,
        "Quotas cannot be counted at present, so no call is taken. Try again in a few seconds.");

    public static Problem<Status503> Backlog() => Problems.Of<Status503>(
        AccountingUnavailable,
        "Usage cannot be written fast enough at present. Try again in a few seconds.");

    public static Problem<Status429> DailyLimit(int limit) => Problems.Of<Status429>(
        RateLimitExceeded,
        $"The calls of today are used up: {limit} for the key, and no more for all keys of the company together than its plan allows. They begin "
        + "anew at midnight in Asia/Seoul.");

    public static Problem<Status429> BurstLimit(int limit) => Problems.Of<Status429>(
        RateLimitExceeded,
        $"The key may make {limit} calls a second, and all keys of the company together no more than its plan allows. Send the next one a second "
        + "later.");

    public static Problem<Status503> AiServiceUnavailable() => Problems.Of<Status503>(
        EngineCodes.Unavailable,
        "The recommendation engine is not available at present. The call was not charged; try again in a few seconds.");

    public static Problem<Status504> AiServiceTimeout() => Problems.Of<Status504>(
        EngineCodes.Late,
        "The recommendation engine did not answer in time. The call was not charged; try again in a few seconds.");

    public static Problem<Status503> CatalogAway() => Problems.Of<Status503>(
        CatalogUnavailable,
        "The catalog cannot be read at present. The call was not charged; try again in a few seconds.");

    public static Problem<Status404> NoSuchMovie(int movieId) => Problems.Of<Status404>(
        UnknownMovie,
        $"There is no movie with the id {movieId} in the catalog.");

    public static Problem<Status404> NoSuchRecommendation() => Problems.Of<Status404>(
        RecommendationNotFound,
        "There is no such recommendation of yours that holds this movie.");
}
