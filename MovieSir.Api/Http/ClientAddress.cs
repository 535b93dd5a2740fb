using System.Net;
using System.Net.Sockets;
using MovieSir.Api.Hosting;

namespace MovieSir.Api.Http;

/// <summary>Where a call came from: the connection's address, or what a trusted edge says of it (<see cref="EdgeOptions.TrustedProxies"/>).</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// IPv4 as such, also where the socket speaks IPv6; IPv6 without a scope, which names an interface of ours. Null where there is none.
    /// </summary>
    public static IPAddress? Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } scoped => new IPAddress(scoped.GetAddressBytes()),
        var address => address,
    };

    /// <summary>Whose it is, for counting: an IPv4 address is somebody's; of IPv6 a subscriber gets the whole /64. None counts as one.</summary>
    public static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
