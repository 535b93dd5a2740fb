using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What a call needs to know of its key.</summary>
internal sealed record PartnerKey
{
    public required Guid ApiKeyId { get; init; }

    public required Guid CompanyId { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>Calls a day where it differs from the plan's.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>Calls a second where it differs from the plan's.</summary>
    public int? BurstLimit { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Neither deactivated nor revoked.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What the company does not want to recommend; null where it has no rules.</summary>
    public ContentRuleSet? ContentRules { get; init; }

    public bool IsValidAt(DateTimeOffset now) => Enabled && (ExpiresAt is not { } end || now < end);
}
