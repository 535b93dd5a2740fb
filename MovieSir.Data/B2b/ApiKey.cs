using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>What a company may do in a day. Limits per plan are configuration of the API.</summary>
public enum Plan
{
    Free,
    Basic,
    Pro,
    Enterprise,
}

/// <summary>Parts of the partner API that a key may be limited to.</summary>
public enum ApiKeyScope
{
    Recommend,
    Search,
    Movies,
    Feedback,
    Usage,
}

/// <summary>An API key. The key itself is shown once, at creation, and never stored.</summary>
public sealed class ApiKey
{
    public Guid ApiKeyId { get; set; }

    public Guid CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>The plan that the company had when the key was made. The company's counts.</summary>
    public Plan Plan { get; set; }

    /// <summary>SHA-256 of the whole key.</summary>
    public required byte[] KeyHash { get; set; }

    /// <summary>The key's last four characters, so that a person can tell keys apart.</summary>
    public required string Hint { get; set; }

    /// <summary>Calls a day, where that is less than the company's.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>Calls a second, where that is less than the company's.</summary>
    public int? BurstLimit { get; set; }

    /// <summary>Names of <see cref="ApiKeyScope"/>. Null: every part, those to come too.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>Addresses and networks that calls may come from. None: from anywhere.</summary>
    public string[] AllowedAddresses { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Set while the key is switched off; can be undone.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Set once, for good.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When another key took its place. It works until <see cref="ExpiresAt"/>.</summary>
    public DateTimeOffset? RerolledAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public Company? Company { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", Schemas.B2b);
        builder.HasKey(k => k.ApiKeyId);
        builder.HasIndex(k => k.KeyHash).IsUnique();
        builder.Property(k => k.Name).HasMaxLength(200);
        builder.Property(k => k.Plan).HasConversion<string>().HasMaxLength(20);
        builder.Property(k => k.Hint).HasMaxLength(4);
        builder.Property(k => k.AllowedAddresses).HasDefaultValueSql("'{}'");
        builder.Property(k => k.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne(k => k.Company).WithMany().HasForeignKey(k => k.CompanyId).OnDelete(DeleteBehavior.Cascade);
    }
}
