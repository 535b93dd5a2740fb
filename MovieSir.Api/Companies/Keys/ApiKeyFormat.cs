using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace MovieSir.Api.Companies.Keys;

/// <summary>
/// <c>sk-moviesir-</c>, 40 random base62 characters (238 bits), and 6 base62 characters of CRC-32 over all that stands before them, most
/// significant first. The checksum tells a mistyped or invented key from a real one without a look into the database, and lets scanners of
/// source code recognize a leaked one; it protects nothing.
/// </summary>
internal static class ApiKeyFormat
{
    public const string Prefix = "sk-moviesir-";
    public const int HintLength = 4;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Base62 = SearchValues.Create(Alphabet);
    private const int RandomLength = 40;
    private const int ChecksumLength = 6;

    public const int Length = 12 + RandomLength + ChecksumLength;

    /// <summary>A new key.</summary>
    public static string Generate() => WithChecksum(RandomNumberGenerator.GetString(Alphabet, RandomLength));

    /// <summary>The key that a secret stands for: the same for the same secret, in every process that has it.</summary>
    public static string Derive(string secret)
    {
        var bytes = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), RandomLength * 2, info: "moviesir api key"u8.ToArray());
        // Two bytes a character: of 65,536 values, 62 divide all but two evenly.
        return WithChecksum(string.Create(RandomLength, bytes, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[((bytes[2 * i] << 8) | bytes[(2 * i) + 1]) % Alphabet.Length];
            }
        }));
    }

    private static string WithChecksum(string random)
    {
        var body = Prefix + random;
        return string.Create(Length, body, static (key, body) =>
        {
            body.CopyTo(key);
            WriteChecksum(body, key[body.Length..]);
        });
    }

    /// <summary>Whether a text has the form of a key and its checksum is right.</summary>
    public static bool IsWellFormed([NotNullWhen(true)] string? key)
    {
        if (key is not { Length: Length } || !key.StartsWith(Prefix, StringComparison.Ordinal) ||
            key.AsSpan(Prefix.Length).ContainsAnyExcept(Base62))
        {
            return false;
        }

        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(key.AsSpan(0, Length - ChecksumLength), checksum);
        return key.AsSpan(Length - ChecksumLength).SequenceEqual(checksum);
    }

    /// <summary>SHA-256 of the whole key: all that is ever stored. A slow hash would add nothing, since a key has 238 random bits.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

    private static void WriteChecksum(ReadOnlySpan<char> body, Span<char> checksum)
    {
        Span<byte> ascii = stackalloc byte[Length];
        var crc = Crc32.HashToUInt32(ascii[..Encoding.ASCII.GetBytes(body, ascii)]);
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            checksum[i] = Alphabet[(int)(crc % 62)];
            crc /= 62;
        }
    }
}
