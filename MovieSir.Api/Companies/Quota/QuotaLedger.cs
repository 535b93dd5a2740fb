using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Keys;
using MovieSir.Api.Dependencies;
using MovieSir.Data.B2b;
using StackExchange.Redis;

namespace MovieSir.Api.Companies.Quota;

/// <summary>Counts calls against limits of keys and of companies, for all replicas at once, in Redis.</summary>
internal sealed class QuotaLedger(
    IConnectionMultiplexer redis, IOptions<QuotaOptions> quota, IOptions<AccountingOptions> accounting, Outages outages)
{
    public CallLimits LimitsOf(PartnerKey key) => quota.Value.LimitsOf(key);

    /// <summary>Admits a call of this key or refuses it.</summary>
    /// <param name="key">Whose call it is.</param>
    /// <param name="cost">1, or 0 for a call that is free: that one is held to the burst limit alone.</param>
    public Task<Reply<QuotaDecision>> AdmitAsync(PartnerKey key, int cost) => outages.AskAsync(Dependency.Redis, async () =>
    {
        var limits = quota.Value.LimitsOf(key);
        var company = quota.Value.LimitsOfCompany(key);
        var reservation = cost > 0 ? Guid.CreateVersion7().ToString("N") : null;
        var reply = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(
            QuotaScripts.Admit,
            [.. Ledgers(key), UsageStream.Key],
            [
                cost, limits.PerDay, limits.PerSecond, company.PerDay, company.PerSecond, reservation ?? "",
                quota.Value.ReservationSeconds * 1000, accounting.Value.MaxQueuedEvents,
            ]))!;
        var verdict = (QuotaVerdict)(int)reply[0];
        var (ofKey, ofCompany) = ((Day: (int)reply[3], Second: (int)reply[4]), (Day: (int)reply[5], Second: (int)reply[6]));
        return new QuotaDecision
        {
            Verdict = verdict,
            DailyLimit = limits.PerDay,
            // A key without a limit of its own has the company's, which all its keys share.
            DailyUsed = limits.PerDay < company.PerDay ? ofKey.Day : ofCompany.Day,
            CompanyDailyRemaining = company.PerDay - ofCompany.Day,
            BurstLimit = limits.PerSecond,
            BurstUsed = limits.PerSecond < company.PerSecond ? ofKey.Second : ofCompany.Second,
            CompanyBurstRemaining = company.PerSecond - ofCompany.Second,
            Day = SeoulDay.FromNumber((long)reply[1]),
            DecidedAt = DateTimeOffset.UnixEpoch.AddTicks((long)reply[2] * TimeSpan.TicksPerMicrosecond),
            Reservation = verdict is QuotaVerdict.Admitted ? reservation : null,
        };
    });

    /// <summary>Ends an answered call: its charge, its usage event and its recommendation in one step.</summary>
    /// <returns>Calls that are left on that day, or null where the day has ended.</returns>
    public Task<Reply<int?>> SettleAsync(PartnerKey key, QuotaDecision decision, UsageEvent usage) =>
        SettleAsync(key, decision, usage.Entry.Charged, UsageEventJson.Serialize(usage), usage.Entry);

    /// <summary>Gives back the place of a call that was never answered. While Redis is away it comes back when its reservation runs out.</summary>
    public Task ReleaseAsync(PartnerKey key, QuotaDecision decision) => SettleAsync(key, decision, charged: false, "", entry: null);

    private Task<Reply<int?>> SettleAsync(PartnerKey key, QuotaDecision decision, bool charged, string usageJson, RequestLogEntry? entry) =>
        outages.AskAsync(Dependency.Redis, async () =>
        {
            var recommendation = entry?.RecommendationId;
            var used = (int[])(await redis.GetDatabase().ScriptEvaluateAsync(
                QuotaScripts.Settle,
                [.. Ledgers(key), UsageStream.Key, RecommendationMemory.Key(recommendation ?? Guid.Empty)],
                [
                    decision.Reservation ?? "",
                    SeoulDay.ToNumber(decision.Day),
                    charged ? 1 : 0,
                    usageJson,
                    recommendation is null ? "" : RecommendationMemory.Value(entry!),
                    accounting.Value.RecommendationMemorySeconds,
                ]))!;
            var left = Math.Min(quota.Value.LimitsOf(key).PerDay - used[0], quota.Value.LimitsOfCompany(key).PerDay - used[1]);
            return used.Min() < 0 ? (int?)null : Math.Max(0, left);
        });

    /// <summary>Counters and reservations of the key, then those of its company.</summary>
    private static RedisKey[] Ledgers(PartnerKey key) =>
    [
        $"quota:{key.ApiKeyId:N}", $"quota:{key.ApiKeyId:N}:reservations",
        $"quota:company:{key.CompanyId:N}", $"quota:company:{key.CompanyId:N}:reservations",
    ];
}
