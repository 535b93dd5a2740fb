using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Keys;
using StackExchange.Redis;

namespace MovieSir.Api.Companies.Quota;

/// <summary>Counts calls against limits, for all replicas at once, in Redis.</summary>
/// <remarks>Every method throws <see cref="RedisException"/> or <see cref="TimeoutException"/> where Redis does not answer.</remarks>
internal sealed class QuotaLedger(IConnectionMultiplexer redis, IOptions<QuotaOptions> quota, IOptions<AccountingOptions> accounting)
{
    public CallLimits LimitsOf(PartnerKey key) => quota.Value.LimitsOf(key);

    /// <summary>Admits a call of this key or refuses it.</summary>
    /// <param name="key">Whose call it is.</param>
    /// <param name="cost">1, or 0 for a call that is free: that one is held to the burst limit alone.</param>
    public async Task<QuotaDecision> AdmitAsync(PartnerKey key, int cost)
    {
        var limits = quota.Value.LimitsOf(key);
        var reservation = cost > 0 ? Guid.CreateVersion7().ToString("N") : null;
        var reply = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(
            QuotaScripts.Admit,
            [Counters(key), Reservations(key), UsageStream.Key],
            [cost, limits.PerDay, limits.PerSecond, reservation ?? "", quota.Value.ReservationSeconds * 1000, accounting.Value.MaxQueuedEvents]))!;
        var verdict = (QuotaVerdict)(int)reply[0];
        return new QuotaDecision
        {
            Verdict = verdict,
            DailyLimit = limits.PerDay,
            DailyUsed = (int)reply[1],
            BurstLimit = limits.PerSecond,
            BurstUsed = (int)reply[2],
            Day = SeoulDay.FromNumber((long)reply[3]),
            DecidedAt = DateTimeOffset.UnixEpoch.AddTicks((long)reply[4] * TimeSpan.TicksPerMicrosecond),
            Reservation = verdict is QuotaVerdict.Admitted ? reservation : null,
        };
    }

    /// <summary>Ends an answered call: its charge, its usage event and its recommendation in one step.</summary>
    /// <returns>Charged calls of the key on that day, or null where the day has ended.</returns>
    public Task<int?> SettleAsync(PartnerKey key, QuotaDecision decision, UsageEvent usage) =>
        SettleAsync(key, decision, usage.Charged, UsageEventJson.Serialize(usage), usage);

    /// <summary>Gives back the place of a call that was never answered.</summary>
    public Task ReleaseAsync(PartnerKey key, QuotaDecision decision) => SettleAsync(key, decision, charged: false, "", usage: null);

    private async Task<int?> SettleAsync(PartnerKey key, QuotaDecision decision, bool charged, string usageJson, UsageEvent? usage)
    {
        var recommendation = usage?.RecommendationId;
        var used = (int)await redis.GetDatabase().ScriptEvaluateAsync(
            QuotaScripts.Settle,
            [Counters(key), Reservations(key), UsageStream.Key, RecommendationMemory.Key(recommendation ?? Guid.Empty)],
            [
                decision.Reservation ?? "",
                SeoulDay.ToNumber(decision.Day),
                charged ? 1 : 0,
                usageJson,
                recommendation is null ? "" : RecommendationMemory.Value(usage!.CompanyId, usage.MovieIds),
                accounting.Value.RecommendationMemorySeconds,
            ]);
        return used < 0 ? null : used;
    }

    private static RedisKey Counters(PartnerKey key) => $"quota:{key.ApiKeyId:N}";

    private static RedisKey Reservations(PartnerKey key) => $"quota:{key.ApiKeyId:N}:reservations";
}
