using System.Net;
using System.Security.Cryptography;
using System.Text;
using MovieSir.Api.Http;

namespace MovieSir.Api.Accounts.Attempts;

/// <summary>How many attempts of one kind somebody may make in a time.</summary>
/// <param name="Key">Who and what, as a key of Redis. E-mails are in it as hashes.</param>
/// <param name="Attempts">How many.</param>
/// <param name="Window">In which time, from the first one on.</param>
internal sealed record AttemptLimit(string Key, int Attempts, TimeSpan Window)
{
    private const int NameBytes = 16;

    /// <summary>By address. An IPv4 address is somebody's; of IPv6 a subscriber gets the whole /64.</summary>
    public static AttemptLimit PerAddress(string what, IPAddress? address, int attempts, TimeSpan window) =>
        new($"attempts:{what}:address:{ClientAddress.NetworkOf(address)}", attempts, window);

    /// <summary>By a name, which is not kept.</summary>
    public static AttemptLimit PerName(string what, string name, int attempts, TimeSpan window) =>
        new($"attempts:{what}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, NameBytes))}", attempts, window);

    /// <summary>By a name at an address: whoever guesses from elsewhere does not lock out who is here.</summary>
    public static AttemptLimit PerNameAtAddress(string what, string name, IPAddress? address, int attempts, TimeSpan window) =>
        PerName(what, $"{name} {ClientAddress.NetworkOf(address)}", attempts, window);
}
