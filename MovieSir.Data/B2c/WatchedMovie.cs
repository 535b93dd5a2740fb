using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>A movie that a traveller has seen.</summary>
internal sealed class WatchedMovie
{
    public Guid TravellerId { get; set; }

    public int MovieId { get; set; }

    /// <summary>Half stars, 1 to 10; none where the traveller gave none.</summary>
    public short? HalfStars { get; set; }

    public DateOnly? WatchedOn { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class WatchedMovieConfiguration : IEntityTypeConfiguration<WatchedMovie>
{
    public void Configure(EntityTypeBuilder<WatchedMovie> builder)
    {
        builder.ToTable("watched_movies", Schemas.B2c);
        builder.HasKey(w => new { w.TravellerId, w.MovieId });
        builder.HasOne<Traveller>().WithMany().HasForeignKey(w => w.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
