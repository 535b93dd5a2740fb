using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using MovieSir.Api.Http;

namespace MovieSir.Api.Companies.Keys;

/// <summary>
/// Counts calls without a valid key by the address that they come from, in this process. It refuses nobody who has a key: many partners may
/// share an address, and one of them, or a stranger, must not shut the others out.
/// </summary>
/// <remarks>
/// A minute's counts are thrown away as a whole, and there are no more of them than <see cref="ApiKeyOptions.InvalidKeyAddresses"/>: an address
/// that finds no place is not limited, which costs a 401 where a 429 would have been.
/// </remarks>
internal sealed partial class InvalidKeyLimit(TimeProvider clock, IOptions<ApiKeyOptions> options, ILogger<InvalidKeyLimit> logger)
{
    private const int WindowSeconds = 60;

    private volatile Window _window = new(0);

    private sealed record Window(long Number)
    {
        public ConcurrentDictionary<IPAddress, int> Failures { get; } = new();
    }

    /// <summary>Counts one more.</summary>
    /// <param name="caller">Null where the connection has no address; such callers are one.</param>
    /// <returns>Null within the limit; else the seconds until it begins anew.</returns>
    public int? Failed(IPAddress? caller)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var window = WindowOf(seconds / WindowSeconds);
        var network = ClientAddress.NetworkOf(caller);
        if (window.Failures.Count >= options.Value.InvalidKeyAddresses && !window.Failures.ContainsKey(network))
        {
            return null;
        }

        var failures = window.Failures.AddOrUpdate(network, 1, (_, count) => count + 1);
        if (failures <= options.Value.InvalidKeysPerMinute)
        {
            return null;
        }

        if (failures == options.Value.InvalidKeysPerMinute + 1)
        {
            LogOverLimit(logger, network, options.Value.InvalidKeysPerMinute);
        }

        return WindowSeconds - (int)(seconds % WindowSeconds);
    }

    // Whoever comes first begins the new window; what others count in the old one at that moment is lost, and small.
    private Window WindowOf(long number)
    {
        var window = _window;
        if (window.Number == number)
        {
            return window;
        }

        var next = new Window(number);
        return Interlocked.CompareExchange(ref _window, next, window) == window ? next : _window;
    }

    [LoggerMessage(LogLevel.Warning, "Calls without a valid key from {ClientAddress} are over {Limit} a minute: further ones get 429")]
    private static partial void LogOverLimit(ILogger logger, IPAddress clientAddress, int limit);
}
