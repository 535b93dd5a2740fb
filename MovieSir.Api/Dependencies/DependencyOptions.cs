using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Dependencies;

/// <summary>How long a call waits for each dependency at most, whatever its driver does.</summary>
internal sealed class DependencyOptions
{
    public const string Section = "Dependencies";

    /// <summary>One question to PostgreSQL. Looking up a key has a shorter limit of its own.</summary>
    [Range(50, 60_000)]
    public int PostgresTimeoutMilliseconds { get; set; } = 3000;

    /// <summary>One question to Redis. Its client gives up after two seconds; this is for where it does not.</summary>
    [Range(50, 60_000)]
    public int RedisTimeoutMilliseconds { get; set; } = 2500;

    /// <summary>
    /// What is asked of the engine and of others by HTTP, which have limits and attempts of their own; this is for where those fail.
    /// </summary>
    [Range(50, 120_000)]
    public int HttpTimeoutMilliseconds { get; set; } = 30_000;

    public TimeSpan LimitOf(Dependency dependency) => TimeSpan.FromMilliseconds(dependency switch
    {
        Dependency.PostgreSql => PostgresTimeoutMilliseconds,
        Dependency.Redis => RedisTimeoutMilliseconds,
        _ => HttpTimeoutMilliseconds,
    });
}
