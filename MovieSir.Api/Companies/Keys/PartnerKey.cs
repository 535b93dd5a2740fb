using System.Net;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Companies.Keys;

/// <summary>What a call needs to know of its key.</summary>
internal sealed record PartnerKey
{
    public required Guid ApiKeyId { get; init; }

    public required Guid CompanyId { get; init; }

    /// <summary>The company's.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Calls a day, where that is less than the company's.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>Calls a second, where that is less than the company's.</summary>
    public int? BurstLimit { get; init; }

    /// <summary>Calls a day of all the company's keys together, where that is more than the plan's.</summary>
    public int? CompanyDailyLimit { get; init; }

    /// <summary>Calls a second of all the company's keys together, where that is more than the plan's.</summary>
    public int? CompanyBurstLimit { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Parts of the API that it may call; null: all.</summary>
    public IReadOnlySet<ApiKeyScope>? Scopes { get; init; }

    /// <summary>Networks that calls may come from; none: from anywhere.</summary>
    public IReadOnlyList<IPNetwork> AllowedAddresses { get; init; } = [];

    /// <summary>Neither the key nor its company is deactivated or deleted.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What the company does not want to recommend; null where it has no rules.</summary>
    public ContentRuleSet? ContentRules { get; init; }

    /// <summary>Whether it may call this part of the API.</summary>
    public bool MayCall(ApiKeyScope scope) => Scopes is null || Scopes.Contains(scope);

    /// <summary>Whether it may be used from an address.</summary>
    public bool MayComeFrom(IPAddress? address) =>
        AllowedAddresses.Count == 0 || (address is not null && AllowedAddresses.Any(network => network.Contains(address)));

    public bool IsValidAt(DateTimeOffset now) => Enabled && (ExpiresAt is not { } end || now < end);
}
