using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>A customer of the partner API: an airline, a rail operator, an OTT platform.</summary>
public sealed class Company
{
    public Guid CompanyId { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class CompanyConfiguration : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> builder)
    {
        builder.ToTable("companies", Schemas.B2b);
        builder.HasKey(c => c.CompanyId);
        builder.HasIndex(c => c.Name).IsUnique();
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
    }
}
