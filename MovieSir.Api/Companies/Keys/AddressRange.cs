using System.Net;
using System.Net.Sockets;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Addresses and networks that a key's calls may come from, as people write them.</summary>
internal static class AddressRange
{
    private const int LongestText = 49; // an IPv6 network

    /// <summary>Reads an address (203.0.113.7) or a network (203.0.113.0/24, 2001:db8::/48); null where the text is neither.</summary>
    public static IPNetwork? Read(string? text)
    {
        if (text?.Trim() is not { Length: > 2 and <= LongestText } trimmed)
        {
            return null;
        }

        if (trimmed.Contains('/', StringComparison.Ordinal))
        {
            return HasWholeAddress(trimmed) && IPNetwork.TryParse(trimmed, out var network) ? network : null;
        }

        return HasWholeAddress(trimmed) && IPAddress.TryParse(trimmed, out var address) && address.ScopeIdOrZero() == 0
            ? OfOne(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            : null;
    }

    /// <summary>The one form in which it is kept: an address without its length.</summary>
    public static string Write(IPNetwork range) => range.Equals(OfOne(range.BaseAddress)) ? range.BaseAddress.ToString() : range.ToString();

    private static IPNetwork OfOne(IPAddress address) => new(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128);

    // "1" and "10.1" are addresses to the parser, and to nobody else.
    private static bool HasWholeAddress(string text) => text.Contains(':', StringComparison.Ordinal) || text.Split('.').Length == 4;

    private static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
