using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>A streaming service that a traveller has.</summary>
internal sealed class TravellerProvider
{
    public Guid TravellerId { get; set; }

    public int ProviderId { get; set; }
}

internal sealed class TravellerProviderConfiguration : IEntityTypeConfiguration<TravellerProvider>
{
    public void Configure(EntityTypeBuilder<TravellerProvider> builder)
    {
        builder.ToTable("traveller_providers", Schemas.B2c);
        builder.HasKey(p => new { p.TravellerId, p.ProviderId });
        builder.HasOne<Traveller>().WithMany().HasForeignKey(p => p.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
