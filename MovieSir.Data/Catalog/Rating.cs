using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>One user's rating of one movie. The movie may be unknown to the catalog: ratings can arrive before movies.</summary>
internal sealed class Rating
{
    public short SourceId { get; set; }

    public int UserId { get; set; }

    public int MovieId { get; set; }

    /// <summary>0.5 to 5 in steps of 0.5.</summary>
    public float Value { get; set; }

    public DateTimeOffset RatedAt { get; set; }
}

internal sealed class RatingConfiguration : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> builder)
    {
        builder.ToTable("ratings", Schemas.Catalog);
        builder.HasKey(r => new { r.SourceId, r.UserId, r.MovieId });
        builder.HasOne<RatingSource>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
