using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace MovieSir.Api.Accounts.Passwords;

internal enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Too many passwords are being hashed.</summary>
    Busy,
}

/// <summary>
/// Argon2id by libsodium (NSec), with the parameters that OWASP names first: 19 MiB, two passes, one lane. So many at once as the machine bears:
/// a flood of sign-ins waits here and takes neither its memory nor its cores.
/// </summary>
internal sealed class PasswordHasher(IOptions<PasswordOptions> options) : IDisposable
{
    private const int MemoryKibibytes = 19_456;
    private const int Passes = 2;
    private const int SaltBytes = 16; // libsodium takes no other
    private const int HashBytes = 32;

    private static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKibibytes},t={Passes},p=1$");

    private static readonly Argon2id Argon2 =
        new(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = MemoryKibibytes, NumberOfPasses = Passes });

    // What a password is compared with where there is no account: so that it takes the same time.
    private static readonly string Nobodys = Write(new byte[SaltBytes], new byte[HashBytes]);

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentHashes > 0 ? options.Value.ConcurrentHashes : Environment.ProcessorCount);

    /// <returns>A PHC string; null where too many passwords are being hashed.</returns>
    public async Task<string?> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return await DeriveAsync(password, salt, cancellationToken) is { } hash ? Write(salt, hash) : null;
    }

    /// <param name="storedHash">A PHC string; null where there is none:
    /// the answer is then <see cref="PasswordCheck.Wrong"/>, in the same time.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public async Task<PasswordCheck> VerifyAsync(string? storedHash, string password, CancellationToken cancellationToken)
    {
        var (salt, expected) = Read(storedHash ?? Nobodys);
        return await DeriveAsync(password, salt, cancellationToken) is not { } hash ? PasswordCheck.Busy
            : CryptographicOperations.FixedTimeEquals(hash, expected) && storedHash is not null ? PasswordCheck.Right
            : PasswordCheck.Wrong;
    }

    public void Dispose() => _turns.Dispose();

    private async Task<byte[]?> DeriveAsync(string password, byte[] salt, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(options.Value.HashWaitMilliseconds, cancellationToken))
        {
            return null;
        }

        try
        {
            // Two keyboards may write one text in two ways.
            var text = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC));
            return await Task.Run(() => Argon2.DeriveBytes(text, salt, HashBytes), cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static string Write(byte[] salt, byte[] hash) => $"{Prefix}{Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(hash)}";

    private static (byte[] Salt, byte[] Hash) Read(string stored)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal) || stored[Prefix.Length..].Split('$') is not [var salt, var hash])
        {
            throw new InvalidOperationException("A stored password has parameters that this build does not know.");
        }

        return (Base64Url.DecodeFromChars(salt), Base64Url.DecodeFromChars(hash));
    }
}
