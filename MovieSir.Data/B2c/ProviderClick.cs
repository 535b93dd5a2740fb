using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>That a traveller followed the link from a movie to a streaming service.</summary>
internal sealed class ProviderClick
{
    public Guid ClickId { get; set; }

    public Guid TravellerId { get; set; }

    public int MovieId { get; set; }

    public int ProviderId { get; set; }

    /// <summary>The session that showed the movie.</summary>
    public Guid? SessionId { get; set; }

    public DateTimeOffset ClickedAt { get; set; }
}

internal sealed class ProviderClickConfiguration : IEntityTypeConfiguration<ProviderClick>
{
    public void Configure(EntityTypeBuilder<ProviderClick> builder)
    {
        builder.ToTable("provider_clicks", Schemas.B2c);
        builder.HasKey(c => c.ClickId);
        builder.HasOne<Traveller>().WithMany().HasForeignKey(c => c.TravellerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<RecommendationSession>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
