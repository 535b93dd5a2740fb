using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Companies.Keys;

/// <summary>How API keys are looked up, and what calls without a valid one may do.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "Keys";

    /// <summary>
    /// How long what the database said of a key is believed. With <see cref="LookupTimeoutMilliseconds"/> it bounds how long a revoked key still
    /// works.
    /// </summary>
    [Range(0, 3)]
    public double CacheSeconds { get; set; } = 2;

    /// <summary>How long a key that was seen before goes on working while the database cannot be asked.</summary>
    [Range(0, 86_400)]
    public int OutageGraceSeconds { get; set; } = 900;

    /// <summary>How long one look-up in the database may take.</summary>
    [Range(50, 2000)]
    public int LookupTimeoutMilliseconds { get; set; } = 1500;

    /// <summary>After a look-up failed, how long the database is left alone.</summary>
    [Range(0, 10_000)]
    public int RetryDelayMilliseconds { get; set; } = 1000;

    /// <summary>Keys that are remembered, and as many texts that are known to be no keys.</summary>
    [Range(100, 1_000_000)]
    public int CacheEntries { get; set; } = 50_000;

    /// <summary>
    /// Calls without a valid key that one address (of IPv6: one /64) may make in a minute, in each process. Further ones get 429 in place of 401.
    /// </summary>
    [Range(1, 1_000_000)]
    public int InvalidKeysPerMinute { get; set; } = 60;

    /// <summary>Addresses that are counted at a time.</summary>
    [Range(100, 1_000_000)]
    public int InvalidKeyAddresses { get; set; } = 50_000;
}
