using MovieSir.Api.Dependencies;
using StackExchange.Redis;

namespace MovieSir.Api.Accounts.Attempts;

/// <summary>Counts attempts for all replicas at once, in Redis.</summary>
internal sealed class AttemptLimits(IConnectionMultiplexer redis, Outages outages)
{
    /// <summary>
    /// Takes one attempt of each limit, or none where one of them is used up. ARGV: attempts and seconds, limit by limit. Returns 0, or the
    /// seconds after which all of them allow one more.
    /// </summary>
    private const string Take = """
        local wait = 0
        for i, key in ipairs(KEYS) do
          if (tonumber(redis.call('GET', key)) or 0) >= tonumber(ARGV[2 * i - 1]) then
            wait = math.max(wait, redis.call('TTL', key), 1)
          end
        end
        if wait > 0 then
          return wait
        end
        for i, key in ipairs(KEYS) do
          if redis.call('INCR', key) == 1 then
            redis.call('EXPIRE', key, ARGV[2 * i])
          end
        end
        return 0
        """;

    /// <summary>Takes an attempt.</summary>
    /// <returns>0, or the seconds after which to try again.</returns>
    public Task<Reply<int>> TakeAsync(params AttemptLimit[] limits) => outages.AskAsync(Dependency.Redis, async () =>
        (int)await redis.GetDatabase().ScriptEvaluateAsync(
            Take,
            [.. limits.Select(limit => (RedisKey)limit.Key)],
            [.. limits.SelectMany(limit => new RedisValue[] { limit.Attempts, (int)limit.Window.TotalSeconds })]));

    /// <summary>Forgets what was counted: the attempt was right.</summary>
    public Task<Reply<bool>> ForgetAsync(AttemptLimit limit) =>
        outages.AskAsync(Dependency.Redis, () => redis.GetDatabase().KeyDeleteAsync(limit.Key));
}
