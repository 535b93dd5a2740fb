using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A word or phrase that a user put on a movie.</summary>
internal sealed class MovieTag
{
    public short SourceId { get; set; }

    public int UserId { get; set; }

    public int MovieId { get; set; }

    public required string Tag { get; set; }

    public DateTimeOffset TaggedAt { get; set; }
}

internal sealed class MovieTagConfiguration : IEntityTypeConfiguration<MovieTag>
{
    public void Configure(EntityTypeBuilder<MovieTag> builder)
    {
        builder.ToTable("movie_tags", Schemas.Catalog);
        builder.HasKey(t => new { t.SourceId, t.UserId, t.MovieId, t.Tag });
        builder.HasOne<RatingSource>().WithMany().HasForeignKey(t => t.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
