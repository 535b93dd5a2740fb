using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>A movie that a traveller called "not for me".</summary>
internal sealed class RejectedMovie
{
    public Guid TravellerId { get; set; }

    public int MovieId { get; set; }

    public DateTimeOffset RejectedAt { get; set; }
}

internal sealed class RejectedMovieConfiguration : IEntityTypeConfiguration<RejectedMovie>
{
    public void Configure(EntityTypeBuilder<RejectedMovie> builder)
    {
        builder.ToTable("rejected_movies", Schemas.B2c);
        builder.HasKey(r => new { r.TravellerId, r.MovieId });
        builder.HasOne<Traveller>().WithMany().HasForeignKey(r => r.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
