using StackExchange.Redis;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>
/// The queue between answering and PostgreSQL: a Redis Stream read by one consumer group, a consumer per process. It is never trimmed: an
/// entry leaves it when PostgreSQL has it, and the quota ledger admits no call while it is full.
/// </summary>
internal sealed class UsageStream(IConnectionMultiplexer redis)
{
    /// <summary>The quota ledger writes it too, in the script that settles a call.</summary>
    public static readonly RedisKey Key = "usage";

    private static readonly RedisKey RejectedKey = "usage:rejected";
    private static readonly RedisValue Group = "postgres";
    private static readonly RedisValue Field = "event";
    private static readonly TimeSpan RejectedLifetime = TimeSpan.FromDays(30);
    private const int RejectedMax = 10_000;

    private const string Finish = """
        redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, 2))
        return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
        """;

    // A consumer that has nothing and was not heard of for long is a process that has ended.
    private const string ForgetConsumers = """
        local forgotten = 0
        for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
          local name, pending, idle = consumer[2], consumer[4], consumer[6]
          if pending == 0 and idle > tonumber(ARGV[2]) then
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
            forgotten = forgotten + 1
          end
        end
        return forgotten
        """;

    private readonly RedisValue _consumer = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():N}";

    internal sealed record Entry(RedisValue Id, string Json);

    /// <summary>Entries that nobody has taken yet.</summary>
    public async Task<IReadOnlyList<Entry>> TakeAsync(int count)
    {
        try
        {
            return Read(await redis.GetDatabase().StreamReadGroupAsync(Key, Group, _consumer, StreamPosition.NewMessages, count));
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync();
            return [];
        }
    }

    /// <summary>Entries that were taken, by any process, longer ago than this and never finished.</summary>
    public async Task<IReadOnlyList<Entry>> TakeOverAsync(TimeSpan idle, int count)
    {
        try
        {
            var claimed = await redis.GetDatabase().StreamAutoClaimAsync(
                Key, Group, _consumer, (long)idle.TotalMilliseconds, StreamPosition.Beginning, count);
            return Read(claimed.ClaimedEntries);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync();
            return [];
        }
    }

    /// <summary>Removes entries that PostgreSQL has.</summary>
    public async Task FinishAsync(IEnumerable<Entry> entries) =>
        await redis.GetDatabase().ScriptEvaluateAsync(Finish, [Key], [Group, .. entries.Select(entry => entry.Id)]);

    /// <summary>Puts an entry aside that PostgreSQL refuses, for a person to look at.</summary>
    public async Task RejectAsync(Entry entry)
    {
        var database = redis.GetDatabase();
        await database.StreamAddAsync(RejectedKey, Field, entry.Json, maxLength: RejectedMax, useApproximateMaxLength: true);
        await database.KeyExpireAsync(RejectedKey, RejectedLifetime);
        await FinishAsync([entry]);
    }

    public Task<long> LengthAsync() => redis.GetDatabase().StreamLengthAsync(Key);

    public async Task ForgetConsumersAsync(TimeSpan idle) =>
        await redis.GetDatabase().ScriptEvaluateAsync(ForgetConsumers, [Key], [Group, (long)idle.TotalMilliseconds]);

    private async Task CreateGroupAsync()
    {
        try
        {
            await redis.GetDatabase().StreamCreateConsumerGroupAsync(Key, Group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // Another replica was first.
        }
    }

    private static IReadOnlyList<Entry> Read(StreamEntry[] entries) =>
        [.. entries.Where(entry => !entry.IsNull).Select(entry => new Entry(entry.Id, entry[Field].ToString()))];
}
