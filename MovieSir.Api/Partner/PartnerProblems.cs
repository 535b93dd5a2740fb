using Microsoft.AspNetCore.Http.HttpResults;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner;

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
    public const string AiUnavailable = "AI_SERVICE_UNAVAILABLE";
    public const string AiTimeout = "AI_SERVICE_TIMEOUT";
    public const string RecommendationNotFound = "RECOMMENDATION_NOT_FOUND";
    public const string UnknownMovie = "UNKNOWN_MOVIE";

    public static ProblemHttpResult BadKey() => Problems.Of(
        StatusCodes.Status401Unauthorized, InvalidApiKey, "The API key is missing or not valid. Send a key in the header X-API-Key.");

    public static ProblemHttpResult ManyBadKeys() => Problems.Of(
        StatusCodes.Status429TooManyRequests, TooManyInvalidKeys, "Too many calls without a valid key came from this address. Check the key in the header X-API-Key, and wait as long as Retry-After says.");

    public static ProblemHttpResult KeysAway() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, KeysUnavailable, "The API key cannot be checked at present. Try again in a few seconds.");

    public static ProblemHttpResult QuotaAway() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, QuotaUnavailable, "Quotas cannot be counted at present, so no call is taken. Try again in a few seconds.");

    public static ProblemHttpResult Backlog() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, AccountingUnavailable, "Usage cannot be written fast enough at present. Try again in a few seconds.");

    public static ProblemHttpResult DailyLimit(int limit) => Problems.Of(
        StatusCodes.Status429TooManyRequests, RateLimitExceeded, $"The key's {limit} calls of today are used up. They begin anew at midnight in Asia/Seoul.");

    public static ProblemHttpResult BurstLimit(int limit) => Problems.Of(
        StatusCodes.Status429TooManyRequests, RateLimitExceeded, $"The key may make {limit} calls a second. Send the next one a second later.");

    public static ProblemHttpResult AiServiceUnavailable() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, AiUnavailable, "The recommendation engine is not available at present. The call was not charged; try again in a few seconds.");

    public static ProblemHttpResult AiServiceTimeout() => Problems.Of(
        StatusCodes.Status504GatewayTimeout, AiTimeout, "The recommendation engine did not answer in time. The call was not charged; try again in a few seconds.");

    public static ProblemHttpResult CatalogAway() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, CatalogUnavailable, "The catalog cannot be read at present. The call was not charged; try again in a few seconds.");

    public static ProblemHttpResult NoSuchMovie(int movieId) => Problems.Of(
        StatusCodes.Status404NotFound, UnknownMovie, $"There is no movie with the id {movieId} in the catalog.");

    public static ProblemHttpResult NoSuchRecommendation() => Problems.Of(
        StatusCodes.Status404NotFound, RecommendationNotFound, "There is no such recommendation of yours that holds this movie.");
}
