using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>Where ratings came from, for example one MovieLens folder. User ids are unique within a source only.</summary>
internal sealed class RatingSource
{
    public short SourceId { get; set; }

    public required string Name { get; set; }
}

internal sealed class RatingSourceConfiguration : IEntityTypeConfiguration<RatingSource>
{
    public void Configure(EntityTypeBuilder<RatingSource> builder)
    {
        builder.ToTable("rating_sources", Schemas.Catalog);
        builder.HasKey(s => s.SourceId);
        builder.HasIndex(s => s.Name).IsUnique();
    }
}
