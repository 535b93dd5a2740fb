namespace MovieSir.Api.Companies.Quota;

internal enum QuotaVerdict
{
    Admitted = 0,
    DailyLimitReached = 1,
    BurstLimitReached = 2,

    /// <summary>Usage waits in so long a queue that no more is taken until it is written.</summary>
    UsageBacklog = 3,
}

/// <summary>What the ledger said to one call.</summary>
internal sealed record QuotaDecision
{
    public required QuotaVerdict Verdict { get; init; }

    public required int DailyLimit { get; init; }

    public required int DailyUsed { get; init; }

    /// <summary>What is left of what all keys of the company together may do today.</summary>
    public int CompanyDailyRemaining { get; init; } = int.MaxValue;

    public required int BurstLimit { get; init; }

    public required int BurstUsed { get; init; }

    /// <summary>What is left of what all keys of the company together may do in this second.</summary>
    public int CompanyBurstRemaining { get; init; } = int.MaxValue;

    /// <summary>When the call was decided on, by Redis' clock.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The day in Asia/Seoul that the call counts for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Names the call's place in the daily quota until it is settled; null where the call takes none.</summary>
    public string? Reservation { get; init; }

    public int DailyRemaining => Math.Max(0, Math.Min(DailyLimit - DailyUsed, CompanyDailyRemaining));

    public int BurstRemaining => Math.Max(0, Math.Min(BurstLimit - BurstUsed, CompanyBurstRemaining));

    /// <summary>Whole seconds until the next day begins in Asia/Seoul; at least one.</summary>
    public int SecondsToReset => Math.Max(1, (int)Math.Ceiling((SeoulDay.EndOf(Day) - DecidedAt).TotalSeconds));
}
