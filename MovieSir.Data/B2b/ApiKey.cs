using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

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
        builder.Property(k => k.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne(k => k.Company).WithMany().HasForeignKey(k => k.CompanyId).OnDelete(DeleteBehavior.Cascade);
    }
}
