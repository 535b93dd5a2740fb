using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A streaming service (OTT), keyed by its TMDB provider id.</summary>
internal sealed class Provider
{
    public int ProviderId { get; set; }

    public required string Name { get; set; }

    public string? NameKo { get; set; }
}

internal sealed class ProviderConfiguration : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder)
    {
        builder.ToTable("providers", Schemas.Catalog);
        builder.HasKey(p => p.ProviderId);
        builder.Property(p => p.ProviderId).ValueGeneratedNever();
    }
}
