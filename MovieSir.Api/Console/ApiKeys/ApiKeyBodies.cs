using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data.B2b;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Console.ApiKeys;

/// <summary>What a company wants of a new key.</summary>
public sealed record KeyBody
{
    public const int NameLength = 50;
    public const int MostAddresses = 20;
    public const int AddressLength = 49;

    [Required, StringLength(NameLength, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>Parts of the API that it may call. Without this: all, those to come too.</summary>
    [MinLength(1), MaxLength(10)]
    public ApiKeyScope[]? Scopes { get; init; }

    /// <summary>Addresses (203.0.113.7) and networks (203.0.113.0/24) that calls may come from. Without any: from anywhere.</summary>
    [MaxLength(MostAddresses), EachText(1, AddressLength)]
    public string[]? AllowedAddresses { get; init; }

    /// <summary>When it ends. Without this: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What is to be changed of a key. What is left out stays.</summary>
public sealed record KeyChange
{
    private readonly DateTimeOffset? _expiresAt;

    [StringLength(KeyBody.NameLength, MinimumLength = 1)]
    public string? Name { get; init; }

    [MinLength(1), MaxLength(10)]
    public ApiKeyScope[]? Scopes { get; init; }

    /// <summary>None: from anywhere.</summary>
    [MaxLength(KeyBody.MostAddresses), EachText(1, KeyBody.AddressLength)]
    public string[]? AllowedAddresses { get; init; }

    /// <summary>When it ends; null: never.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get => _expiresAt;
        init => (_expiresAt, HasExpiresAt) = (value, true);
    }

    /// <summary>Whether the end is to be changed: null is a change too.</summary>
    [JsonIgnore]
    public bool HasExpiresAt { get; private init; }
}

/// <summary>How long the key that is replaced goes on working.</summary>
public sealed record RerollBody
{
    /// <summary>0, 1, 24 or 168 hours.</summary>
    [AllowedValues(0, 1, 24, 168)]
    public int GraceHours { get; init; }
}

/// <summary>A company's keys.</summary>
internal sealed record KeyList(IReadOnlyList<CompanyKey> Keys);

/// <summary>A new key.</summary>
/// <param name="Key">What is known of it.</param>
/// <param name="Secret">The key itself. It is shown this once: only its hash is kept.</param>
internal sealed record NewKeyAnswer(CompanyKey Key, string Secret);
