using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Http;
using MovieSir.ServiceDefaults.Http;
using StackExchange.Redis;

namespace MovieSir.Api.Partner.Calls;

/// <summary>Accounts for each answered call once, before the first byte of its answer leaves. See docs/architecture/accounting.md.</summary>
internal sealed class UsageRecorder(
    QuotaLedger ledger, DirectUsageQueue direct, PartnerRoutes routes, TimeProvider clock, UsageMetrics metrics, ILogger<UsageRecorder> logger)
{
    /// <summary>When a caller may try again after an outage of ours.</summary>
    public const int RetryAfterOutageSeconds = 2;

    /// <summary>Runs as the answer starts: settles the call, whatever component made the answer, and puts the limits on it.</summary>
    public async Task AnsweringAsync(HttpContext context, PartnerCall call)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is there to be answered
        }

        call.IsAnswered = true;
        var usage = Describe(context, call);
        var used = call.Quota is { } decision ? await SettleAsync(call, decision, usage) : await WriteDirectlyAsync(usage);
        WriteHeaders(context.Response, call, usage, used);
        metrics.Answered(usage, call.Key.Plan.ToString());
    }

    /// <summary>Runs when all is over: gives the place of a call back whose caller went away unanswered.</summary>
    public async Task CompletedAsync(PartnerCall call)
    {
        if (call.IsAnswered || call.Quota is not { Reservation: not null } decision)
        {
            return;
        }

        try
        {
            await ledger.ReleaseAsync(call.Key, decision);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.LogWarning(exception, "The place of an unanswered call is not given back now; it will be when its reservation runs out");
        }
    }

    private UsageEvent Describe(HttpContext context, PartnerCall call)
    {
        var occurredAt = call.Quota?.DecidedAt ?? clock.GetUtcNow();
        var status = context.Response.StatusCode;
        return new UsageEvent
        {
            EventId = Guid.CreateVersion7(occurredAt),
            OccurredAt = occurredAt,
            UsageDay = call.Quota?.Day ?? SeoulDay.Of(occurredAt),
            ApiKeyId = call.Key.ApiKeyId,
            CompanyId = call.Key.CompanyId,
            RequestId = Problems.RequestIdOf(context),
            Method = context.Request.Method,
            Endpoint = routes.NameOf(context),
            Status = status,
            ErrorCode = Problems.CodeOf(context),
            LatencyMs = (float)call.Elapsed.TotalMilliseconds,
            Charged = call.IsChargeable && status is >= 200 and < 300,
            RecommendationId = call.RecommendationId,
            ClientUserId = call.ClientUserId,
            ClientAddress = ClientAddress.Of(context)?.ToString(),
            AvailableMinutes = call.AvailableMinutes,
            MovieIds = call.MovieIds,
            Feedback = call.Feedback,
        };
    }

    private async Task<int?> SettleAsync(PartnerCall call, QuotaDecision decision, UsageEvent usage)
    {
        try
        {
            return await ledger.SettleAsync(call.Key, decision, usage);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // It may have arrived all the same. Written twice it is one row, by its event id.
            logger.LogWarning(exception, "Redis does not take usage: it is written to PostgreSQL directly");
            return await WriteDirectlyAsync(usage);
        }
    }

    private async Task<int?> WriteDirectlyAsync(UsageEvent usage)
    {
        metrics.WrittenDirectly();
        await direct.WriteAsync(usage);
        return null;
    }

    private static void WriteHeaders(HttpResponse response, PartnerCall call, UsageEvent usage, int? used)
    {
        RateLimitHeaders.WritePolicy(response.Headers, call.Limits);
        if (call.Quota is { } decision)
        {
            // A charged call says what its own admission left, as its body does; others may have been admitted since.
            var remaining = usage.Charged || used is null ? decision.DailyRemaining : Math.Max(0, call.Limits.PerDay - used.Value);
            RateLimitHeaders.WriteState(response.Headers, decision, remaining);
        }

        if (usage.Status == StatusCodes.Status429TooManyRequests)
        {
            RateLimitHeaders.WriteRetryAfter(
                response.Headers, call.Quota is { Verdict: QuotaVerdict.DailyLimitReached } full ? full.SecondsToReset : 1);
        }
        else if (usage.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout)
        {
            RateLimitHeaders.WriteRetryAfter(response.Headers, RetryAfterOutageSeconds);
        }
    }
}
