using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MovieSir.Api.Http;

/// <summary>Random names that prove something to whoever has them. Only their hash is stored.</summary>
internal static class Tokens
{
    private const int Bytes = 32;
    private const int MaximumLength = 128;

    /// <summary>256 random bits as base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>128 random bits as base64url, for an address that people send each other.</summary>
    public static string NewShort() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes / 2));

    /// <summary>SHA-256. A slow hash would add nothing to 256 random bits.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token.Length <= MaximumLength ? token : ""));
}
