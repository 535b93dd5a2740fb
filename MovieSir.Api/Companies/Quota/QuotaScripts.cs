namespace MovieSir.Api.Companies.Quota;

/// <summary>
/// The ledger's two scripts. Redis runs each as one step and by its own clock, so that any number of replicas agree on the day and on who
/// was first. A call counts for its key and for the key's company: each has one hash (day, used, second, burst) and one sorted set of open
/// reservations by deadline; whatever a script writes there it also gives an expiry.
/// </summary>
internal static class QuotaScripts
{
    /// <summary>
    /// Admits a call or refuses it, for key and company at once. An admitted call with a cost takes its place in the day at once (so a limit cannot
    /// be overrun) and holds it as a reservation; a reservation past its deadline belonged to a process that died, and its place is given back
    /// here.
    /// </summary>
    /// <remarks>
    /// KEYS counters and reservations of the key, those of the company, usage stream. ARGV cost (0 or 1), calls a day and a second of the key, those
    /// of the company, reservation, its lifetime in ms, longest stream. Returns verdict, day (days since 1970 in Asia/Seoul), time in µs, used today
    /// and this second of the key, those of the company.
    /// </remarks>
    public const string Admit = """
        local clock = redis.call('TIME')
        local second = tonumber(clock[1])
        local now = second * 1000 + math.floor(tonumber(clock[2]) / 1000)
        -- Never back, even where the clock is set back: a day ends once.
        local day = math.floor((second + 32400) / 86400)
        local ledgers = {}
        for i = 1, 2 do
          local known = redis.call('HMGET', KEYS[2 * i - 1], 'day', 'used', 'second', 'burst')
          ledgers[i] = {counters = KEYS[2 * i - 1], reservations = KEYS[2 * i], known = known,
            perDay = tonumber(ARGV[2 * i]), perSecond = tonumber(ARGV[2 * i + 1])}
          day = math.max(day, tonumber(known[1]) or 0)
        end

        local cost = tonumber(ARGV[1])
        local isUsedUp, isTooFast = false, false
        for _, ledger in ipairs(ledgers) do
          ledger.used, ledger.burst = 0, 0
          if tonumber(ledger.known[1]) == day then
            ledger.used = (tonumber(ledger.known[2]) or 0) - redis.call('ZREMRANGEBYSCORE', ledger.reservations, '-inf', now)
          else
            redis.call('DEL', ledger.reservations)
          end
          if tonumber(ledger.known[3]) == second then
            ledger.burst = tonumber(ledger.known[4])
          end
          isUsedUp = isUsedUp or (cost > 0 and ledger.used + cost > ledger.perDay)
          isTooFast = isTooFast or ledger.burst >= ledger.perSecond
        end

        local verdict = 0
        if redis.call('XLEN', KEYS[5]) >= tonumber(ARGV[8]) then
          verdict = 3
        elseif isUsedUp then
          verdict = 1
        elseif isTooFast then
          verdict = 2
        end

        for _, ledger in ipairs(ledgers) do
          if verdict == 0 then
            ledger.used = ledger.used + cost
            ledger.burst = ledger.burst + 1
            if cost > 0 then
              redis.call('ZADD', ledger.reservations, now + tonumber(ARGV[7]), ARGV[6])
              redis.call('EXPIRE', ledger.reservations, 172800)
            end
          end
          redis.call('HSET', ledger.counters, 'day', day, 'used', ledger.used, 'second', second, 'burst', ledger.burst)
          redis.call('EXPIRE', ledger.counters, 172800)
        end
        return {verdict, day, second * 1000000 + tonumber(clock[2]), ledgers[1].used, ledgers[1].burst, ledgers[2].used, ledgers[2].burst}
        """;

    /// <summary>
    /// Ends a call: keeps or gives back its places in the day, puts its usage event into the stream and remembers its recommendation, all or
    /// nothing. It is sent once and never repeated.
    /// </summary>
    /// <remarks>
    /// KEYS counters and reservations of the key, those of the company, usage stream, recommendation. ARGV reservation or '', its day, charged (0 or
    /// 1), event or '', recommendation or '', its lifetime in s. Returns used today of key and company, each -1 where the day has ended since.
    /// </remarks>
    public const string Settle = """
        local answer = {-1, -1}
        for i = 1, 2 do
          local counters = redis.call('HMGET', KEYS[2 * i - 1], 'day', 'used')
          if tonumber(counters[1]) == tonumber(ARGV[2]) then
            local used = tonumber(counters[2])
            if ARGV[1] ~= '' then
              local held = redis.call('ZREM', KEYS[2 * i], ARGV[1])
              -- Not held: it ran out and was given back. Answered after all, it counts after all.
              used = used - held + tonumber(ARGV[3])
              redis.call('HSET', KEYS[2 * i - 1], 'used', used)
            end
            answer[i] = used
          end
        end
        if ARGV[4] ~= '' then
          redis.call('XADD', KEYS[5], '*', 'event', ARGV[4])
        end
        if ARGV[5] ~= '' then
          redis.call('SET', KEYS[6], ARGV[5], 'EX', ARGV[6])
        end
        return answer
        """;
}
