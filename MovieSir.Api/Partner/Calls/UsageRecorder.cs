using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Calls;

/// <summary>Accounts for each answered call once, before the first byte of its answer leaves. See docs/architecture/accounting.md.</summary>
internal sealed class UsageRecorder(
    QuotaLedger ledger, DirectUsageQueue direct, PartnerRoutes routes, TimeProvider clock, UsageMetrics metrics)
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
        var left = call.Quota is { } decision ? await SettleAsync(call, decision, usage) : await WriteDirectlyAsync(usage);
        WriteHeaders(context.Response, call, usage.Entry, left);
        metrics.Answered(usage.Entry, call.Key.Plan);
    }

    /// <summary>Runs when all is over: gives the place of a call back whose caller went away unanswered.</summary>
    public async Task CompletedAsync(PartnerCall call)
    {
        if (call.IsAnswered || call.Quota is not { Reservation: not null } decision)
        {
            return;
        }

        await ledger.ReleaseAsync(call.Key, decision);
    }

    private UsageEvent Describe(HttpContext context, PartnerCall call)
    {
        var occurredAt = call.Quota?.DecidedAt ?? clock.GetUtcNow();
        var status = context.Response.StatusCode;
        var entry = new RequestLogEntry
        {
            EventId = Guid.CreateVersion7(occurredAt),
            OccurredAt = occurredAt,
            UsageDay = call.Quota?.Day ?? SeoulDay.Of(occurredAt),
            ApiKeyId = call.Key.ApiKeyId,
            CompanyId = call.Key.CompanyId,
            RequestId = Problems.RequestIdOf(context),
            Method = context.SentMethod(),
            Endpoint = routes.NameOf(context),
            Status = (short)status,
            ErrorCode = Problems.CodeOf(context),
            LatencyMs = (float)call.Elapsed.TotalMilliseconds,
            Charged = call.IsChargeable && status is >= 200 and < 300,
            RecommendationId = call.RecommendationId,
            ClientUserId = call.ClientUserId,
            ClientAddress = ClientAddress.Of(context),
            AvailableMinutes = call.AvailableMinutes,
            MovieIds = call.MovieIds,
            TrackAMovies = call.TrackAMovies,
        };
        return new UsageEvent(entry, call.Feedback);
    }

    // Where Redis is away the event may have arrived all the same. Written twice it is one row, by its id.
    private async Task<int?> SettleAsync(PartnerCall call, QuotaDecision decision, UsageEvent usage) =>
        await ledger.SettleAsync(call.Key, decision, usage) is Reply<int?>.Answered(var left) ? left : await WriteDirectlyAsync(usage);

    private async Task<int?> WriteDirectlyAsync(UsageEvent usage)
    {
        metrics.WrittenDirectly();
        await direct.WriteAsync(usage);
        return null;
    }

    private static void WriteHeaders(HttpResponse response, PartnerCall call, RequestLogEntry entry, int? left)
    {
        RateLimitHeaders.WritePolicy(response.Headers, call.Limits);
        if (call.Quota is { } decision)
        {
            // A charged call says what its own admission left, as its body does; others may have been admitted since.
            var remaining = entry.Charged || left is null ? decision.DailyRemaining : left.Value;
            RateLimitHeaders.WriteState(response.Headers, decision, remaining);
        }

        if (entry.Status == StatusCodes.Status429TooManyRequests)
        {
            RateLimitHeaders.WriteRetryAfter(
                response.Headers, call.Quota is { Verdict: QuotaVerdict.DailyLimitReached } full ? full.SecondsToReset : 1);
        }
        else if (entry.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout)
        {
            RateLimitHeaders.WriteRetryAfter(response.Headers, RetryAfterOutageSeconds);
        }
    }
}
