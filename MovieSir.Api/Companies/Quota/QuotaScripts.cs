namespace MovieSir.Api.Companies.Quota;

/// <summary>
/// The ledger's two scripts. Redis runs each as one step and by its own clock, so that any number of replicas agree on the day and on who
/// was first. Per key of a partner there is one hash (day, used, second, burst) and one sorted set of open reservations by deadline;
/// whatever a script writes there it also gives an expiry.
/// </summary>
internal static class QuotaScripts
{
    /// <summary>
    /// Admits a call or refuses it. An admitted call with a cost takes its place in the day at once (so a limit cannot be overrun) and holds
    /// it as a reservation; a reservation past its deadline belonged to a process that died, and its place is given back here.
    /// </summary>
    /// <remarks>
    /// KEYS counters, reservations, usage stream. ARGV cost (0 or 1), calls a day, calls a second, reservation, its lifetime in ms, longest stream.
    /// Returns verdict, used today, used this second, day (days since 1970 in Asia/Seoul), time in µs.
    /// </remarks>
    public const string Admit = """
        local clock = redis.call('TIME')
        local second = tonumber(clock[1])
        local now = second * 1000 + math.floor(tonumber(clock[2]) / 1000)
        local counters = redis.call('HMGET', KEYS[1], 'day', 'used', 'second', 'burst')
        -- Never back, even where the clock is set back: a day ends once.
        local day = math.max(math.floor((second + 32400) / 86400), tonumber(counters[1]) or 0)
        local used, burst = 0, 0
        if tonumber(counters[1]) == day then
          used = (tonumber(counters[2]) or 0) - redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
        else
          redis.call('DEL', KEYS[2])
        end
        if tonumber(counters[3]) == second then
          burst = tonumber(counters[4])
        end

        local cost = tonumber(ARGV[1])
        local verdict = 0
        if redis.call('XLEN', KEYS[3]) >= tonumber(ARGV[6]) then
          verdict = 3
        elseif cost > 0 and used + cost > tonumber(ARGV[2]) then
          verdict = 1
        elseif burst >= tonumber(ARGV[3]) then
          verdict = 2
        else
          used = used + cost
          burst = burst + 1
          if cost > 0 then
            redis.call('ZADD', KEYS[2], now + tonumber(ARGV[5]), ARGV[4])
            redis.call('EXPIRE', KEYS[2], 172800)
          end
        end

        redis.call('HSET', KEYS[1], 'day', day, 'used', used, 'second', second, 'burst', burst)
        redis.call('EXPIRE', KEYS[1], 172800)
        return {verdict, used, burst, day, second * 1000000 + tonumber(clock[2])}
        """;

    /// <summary>
    /// Ends a call: keeps or gives back its place in the day, puts its usage event into the stream and remembers its recommendation, all or
    /// nothing. It is sent once and never repeated.
    /// </summary>
    /// <remarks>
    /// KEYS counters, reservations, usage stream, recommendation. ARGV reservation or '', its day, charged (0 or 1), event or '', recommendation
    /// or '', its lifetime in s. Returns used today, or -1 where the day has ended since.
    /// </remarks>
    public const string Settle = """
        local counters = redis.call('HMGET', KEYS[1], 'day', 'used')
        local used = -1
        if tonumber(counters[1]) == tonumber(ARGV[2]) then
          used = tonumber(counters[2])
          if ARGV[1] ~= '' then
            local held = redis.call('ZREM', KEYS[2], ARGV[1])
            -- Not held: it ran out and was given back. Answered after all, it counts after all.
            used = used - held + tonumber(ARGV[3])
            redis.call('HSET', KEYS[1], 'used', used)
          end
        end
        if ARGV[4] ~= '' then
          redis.call('XADD', KEYS[3], '*', 'event', ARGV[4])
        end
        if ARGV[5] ~= '' then
          redis.call('SET', KEYS[4], ARGV[5], 'EX', ARGV[6])
        end
        return used
        """;
}
