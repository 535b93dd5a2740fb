using System.Globalization;
using MovieSir.Api.Companies.Quota;

namespace MovieSir.Api.Partner.Calls;

/// <summary>
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> as draft-ietf-httpapi-ratelimit-headers-10 has them: two named policies with quota (q) and
/// window in seconds (w), and what remains of each (r) until it begins anew (t).
/// </summary>
internal static class RateLimitHeaders
{
    private const int SecondsPerDay = 86_400;

    public static void WritePolicy(IHeaderDictionary headers, CallLimits limits) => headers["RateLimit-Policy"] =
        string.Create(CultureInfo.InvariantCulture, $"\"daily\";q={limits.PerDay};w={SecondsPerDay}, \"burst\";q={limits.PerSecond};w=1");

    public static void WriteState(IHeaderDictionary headers, QuotaDecision decision, int dailyRemaining) => headers["RateLimit"] = string.Create(
        CultureInfo.InvariantCulture,
        $"\"daily\";r={dailyRemaining};t={decision.SecondsToReset}, \"burst\";r={decision.BurstRemaining};t=1");

    public static void WriteRetryAfter(IHeaderDictionary headers, int seconds) =>
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
}
