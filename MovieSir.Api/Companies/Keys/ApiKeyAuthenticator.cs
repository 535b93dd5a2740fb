using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using MovieSir.Api.Dependencies;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What became of a credential.</summary>
internal abstract record Authentication
{
    /// <summary>The key is valid.</summary>
    public sealed record Accepted(PartnerKey Key) : Authentication;

    /// <summary>Missing, malformed, unknown, expired, deactivated or revoked: a caller is not told which.</summary>
    public sealed record Rejected : Authentication;

    /// <summary>Nobody can say at present.</summary>
    public sealed record Unknown : Authentication;

    public static readonly Authentication Refused = new Rejected();
    public static readonly Authentication Undecided = new Unknown();
}

/// <summary>
/// Tells valid keys from others. What the database says is believed for a few seconds at most; while it cannot be asked, keys that were
/// seen before go on working for a bounded time.
/// </summary>
/// <remarks>
/// Keys are found by their SHA-256, in the cache as in the database: how long a comparison takes tells nothing about a key that a caller
/// does not already have.
/// </remarks>
internal sealed class ApiKeyAuthenticator : IDisposable
{
    private readonly ApiKeyStore _store;
    private readonly TimeProvider _clock;
    private readonly ApiKeyOptions _options;
    private readonly Outages _outages;

    // Apart, so that invented keys cannot push real ones out.
    private readonly MemoryCache _known;
    private readonly MemoryCache _unknown;
    // Lazy, so that a look-up begins after it was put here and cannot be removed before.
    private readonly ConcurrentDictionary<string, Lazy<Task<Reply<PartnerKey?>>>> _lookups = new(StringComparer.Ordinal);
    private long _restUntil = long.MinValue;
    private volatile bool _isAway;

    public ApiKeyAuthenticator(ApiKeyStore store, TimeProvider clock, IOptions<ApiKeyOptions> options, Outages outages)
    {
        _store = store;
        _clock = clock;
        _options = options.Value;
        _outages = outages;
        _known = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.CacheEntries });
        _unknown = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.CacheEntries });
    }

    private sealed record Entry(PartnerKey Key, DateTimeOffset ReadAt);

    public async ValueTask<Authentication> AuthenticateAsync(string? credential)
    {
        if (!ApiKeyFormat.IsWellFormed(credential))
        {
            return Authentication.Refused;
        }

        var hash = ApiKeyFormat.Hash(credential);
        var id = Convert.ToBase64String(hash);
        var now = _clock.GetUtcNow();
        _known.TryGetValue(id, out Entry? entry);
        if (entry is not null && now - entry.ReadAt < TimeSpan.FromSeconds(_options.CacheSeconds))
        {
            return Judge(entry.Key, now);
        }

        if (entry is null && _unknown.TryGetValue(id, out _))
        {
            return Authentication.Refused;
        }

        if (now.UtcTicks < Volatile.Read(ref _restUntil))
        {
            return WithoutDatabase(entry, now);
        }

        if (_isAway && entry is not null)
        {
            // Nobody waits for a database that gave no answer a moment ago, where the answer of before will do.
            Rest(now);
            _ = _lookups.GetOrAdd(id, (key, ofKey) => new(() => LookUpAsync(key, ofKey)), hash).Value;
            return WithoutDatabase(entry, now);
        }

        var reply = await _lookups.GetOrAdd(id, (key, ofKey) => new(() => LookUpAsync(key, ofKey)), hash).Value;
        if (reply is Reply<PartnerKey?>.Answered(var key))
        {
            return key is null ? Authentication.Refused : Judge(key, now);
        }

        Rest(now);
        return WithoutDatabase(entry, now);
    }

    /// <summary>Leaves the database alone for a while.</summary>
    private void Rest(DateTimeOffset now) =>
        Volatile.Write(ref _restUntil, (now + TimeSpan.FromMilliseconds(_options.RetryDelayMilliseconds)).UtcTicks);

    public void Dispose()
    {
        _known.Dispose();
        _unknown.Dispose();
    }

    private static Authentication Judge(PartnerKey key, DateTimeOffset now) =>
        key.IsValidAt(now) ? new Authentication.Accepted(key) : Authentication.Refused;

    private Authentication WithoutDatabase(Entry? entry, DateTimeOffset now) =>
        entry is not null && now - entry.ReadAt < TimeSpan.FromSeconds(_options.OutageGraceSeconds)
            ? Judge(entry.Key, now)
            : Authentication.Undecided;

    // Not canceled with the call that began it: others wait for it too.
    private async Task<Reply<PartnerKey?>> LookUpAsync(string id, byte[] hash)
    {
        try
        {
            var limit = TimeSpan.FromMilliseconds(_options.LookupTimeoutMilliseconds);
            using var timeout = new CancellationTokenSource(limit);
            // Before the look-up, not after it: what was read may have changed meanwhile.
            var readAt = _clock.GetUtcNow();
            var reply = await _outages.AskAsync(
                Dependency.PostgreSql, () => _store.FindAsync(hash, timeout.Token), limit, CancellationToken.None);
            _isAway = reply is Reply<PartnerKey?>.Away;
            if (reply is Reply<PartnerKey?>.Answered(var key))
            {
                Remember(id, key, readAt);
            }

            return reply;
        }
        finally
        {
            _lookups.TryRemove(id, out _);
        }
    }

    private void Remember(string id, PartnerKey? key, DateTimeOffset readAt)
    {
        if (key is null)
        {
            _known.Remove(id);
            _unknown.Set(id, true, Sized(TimeSpan.FromSeconds(_options.CacheSeconds)));
        }
        else
        {
            _known.Set(id, new Entry(key, readAt), Sized(TimeSpan.FromSeconds(Math.Max(_options.OutageGraceSeconds, _options.CacheSeconds))));
        }
    }

    // A cache lifetime of zero is not expressible; a tick is as good.
    private static MemoryCacheEntryOptions Sized(TimeSpan lifetime) => new()
    {
        Size = 1,
        AbsoluteExpirationRelativeToNow = lifetime > TimeSpan.Zero ? lifetime : TimeSpan.FromTicks(1),
    };
}
