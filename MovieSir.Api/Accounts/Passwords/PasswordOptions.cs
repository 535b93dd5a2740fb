using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Accounts.Passwords;

/// <summary>How many passwords are hashed at a time.</summary>
internal sealed class PasswordOptions
{
    public const string Section = "Passwords";

    /// <summary>Passwords that are hashed at once. Each takes 19 MiB and
    /// some tens of milliseconds of one core. 0: as many as there are cores.</summary>
    [Range(0, 256)]
    public int ConcurrentHashes { get; set; }

    /// <summary>How long a password may wait for its turn before the call gets 503.</summary>
    [Range(100, 60_000)]
    public int HashWaitMilliseconds { get; set; } = 5000;
}
