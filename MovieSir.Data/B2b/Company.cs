using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>A customer of the partner API: an airline, a rail operator, an OTT platform.</summary>
public sealed class Company
{
    public Guid CompanyId { get; set; }

    public required string Name { get; set; }

    public Plan Plan { get; set; }

    /// <summary>Calls a day that all its keys together may make, where that is more than the plan's.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>Calls a second that all its keys together may make, where that is more than the plan's.</summary>
    public int? BurstLimit { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set while an administrator has switched the company off: its keys stop, its members see why. Can be undone.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Set once, for good: its history stays.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

internal sealed class CompanyConfiguration : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> builder)
    {
        builder.ToTable("companies", Schemas.B2b);
        builder.HasKey(c => c.CompanyId);
        builder.HasIndex(c => c.Name).IsUnique();
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.Plan).HasConversion<string>().HasMaxLength(20).HasDefaultValue(Plan.Free);
        builder.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
    }
}
