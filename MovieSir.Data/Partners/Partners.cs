using System.Net;

namespace MovieSir.Data.Partners;

/// <summary>A customer of the partner API: an airline, a rail operator, an OTT platform.</summary>
public sealed class Company
{
    public Guid CompanyId { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What a key may do in a day. Limits per plan are configuration of the API.</summary>
public enum Plan
{
    Free,
    Basic,
    Pro,
    Enterprise,
}

/// <summary>An API key. The key itself is shown once, at creation, and never stored.</summary>
public sealed class ApiKey
{
    public Guid ApiKeyId { get; set; }

    public Guid CompanyId { get; set; }

    public required string Name { get; set; }

    public Plan Plan { get; set; }

    /// <summary>SHA-256 of the whole key.</summary>
    public required byte[] KeyHash { get; set; }

    /// <summary>The key's last four characters, so that a person can tell keys apart.</summary>
    public required string Hint { get; set; }

    /// <summary>Calls a day, where it differs from the plan's.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>Calls a second, where it differs from the plan's.</summary>
    public int? BurstLimit { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Set while the key is switched off; can be undone.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Set once, for good.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public Company? Company { get; set; }
}

/// <summary>One answered partner call. Partitioned by month of <see cref="OccurredAt"/>.</summary>
public sealed class RequestLogEntry
{
    /// <summary>UUID v7, made where the call was answered: writing the same event twice writes it once.</summary>
    public Guid EventId { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>The day in Asia/Seoul that the call counts for: the same day for quota and for usage.</summary>
    public DateOnly UsageDay { get; set; }

    public Guid ApiKeyId { get; set; }

    public Guid CompanyId { get; set; }

    public required string RequestId { get; set; }

    public required string Method { get; set; }

    /// <summary>Route template, for example <c>/v1/movies/{id}</c>.</summary>
    public required string Endpoint { get; set; }

    public short Status { get; set; }

    /// <summary>The problem's <c>code</c> where the call failed.</summary>
    public string? ErrorCode { get; set; }

    public float LatencyMs { get; set; }

    /// <summary>Whether the call counted against the daily quota.</summary>
    public bool Charged { get; set; }

    public Guid? RecommendationId { get; set; }

    public string? ClientUserId { get; set; }

    /// <summary>Where the call came from, as the edge saw it.</summary>
    public IPAddress? ClientAddress { get; set; }

    public int? AvailableMinutes { get; set; }

    /// <summary>TMDB ids of the movies that were answered.</summary>
    public int[] MovieIds { get; set; } = [];
}

/// <summary>Calls of one key to one endpoint on one day (Asia/Seoul): summed from the log in the transaction that writes it.</summary>
public sealed class UsageByDay
{
    public DateOnly Day { get; set; }

    public Guid ApiKeyId { get; set; }

    public required string Endpoint { get; set; }

    public Guid CompanyId { get; set; }

    public long Calls { get; set; }

    public long Charged { get; set; }

    public long ClientErrors { get; set; }

    public long ServerErrors { get; set; }

    public double LatencyMsSum { get; set; }
}

/// <summary>What a client's user did with a recommended movie.</summary>
public sealed class Feedback
{
    public Guid FeedbackId { get; set; }

    public Guid CompanyId { get; set; }

    public Guid ApiKeyId { get; set; }

    public Guid RecommendationId { get; set; }

    public int MovieId { get; set; }

    /// <summary><c>watched</c>, <c>liked</c>, <c>disliked</c> or <c>clicked</c>.</summary>
    public required string Type { get; set; }

    public string? ClientUserId { get; set; }

    public DateTimeOffset OccurredAt { get; set; }
}

public enum ContentRuleKind
{
    Keyword,
    Genre,
    Id,
}

/// <summary>Brand safety: what a company never wants recommended.</summary>
public sealed class ContentRule
{
    public Guid ContentRuleId { get; set; }

    public Guid CompanyId { get; set; }

    public ContentRuleKind Kind { get; set; }

    /// <summary>A word, a genre's name or a TMDB id, by <see cref="Kind"/>.</summary>
    public required string Value { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
