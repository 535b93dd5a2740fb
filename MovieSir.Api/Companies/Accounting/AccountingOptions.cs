using System.ComponentModel.DataAnnotations;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>How usage gets into PostgreSQL.</summary>
internal sealed class AccountingOptions
{
    public const string Section = "Accounting";

    /// <summary>Usage events that may wait in Redis; from there on calls are refused until PostgreSQL has taken some. About 500 bytes each.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueuedEvents { get; set; } = 500_000;

    /// <summary>Usage events that may wait in this process while neither Redis nor PostgreSQL answers.</summary>
    [Range(1, 1_000_000)]
    public int MaxBufferedEvents { get; set; } = 10_000;

    /// <summary>Events that go into PostgreSQL in one transaction.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How often an empty stream is looked at.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 100;

    /// <summary>Events that another replica took and has not written after this time are taken over: it has died.</summary>
    [Range(1, 3600)]
    public int TakeOverSeconds { get; set; } = 10;

    /// <summary>How long an answer waits for its event to be stored when Redis does not take it.</summary>
    [Range(50, 10_000)]
    public int DirectWriteTimeoutMilliseconds { get; set; } = 2000;

    /// <summary>How long Redis remembers a recommendation for feedback; after that, and by then, PostgreSQL does.</summary>
    [Range(60, 86_400)]
    public int RecommendationMemorySeconds { get; set; } = 600;
}
