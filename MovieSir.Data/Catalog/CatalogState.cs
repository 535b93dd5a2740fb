using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>
/// The one row that says what is served. Importing, embedding and publishing raise <see cref="Revision"/> in their own transaction, and a trigger
/// notifies the channel <c>catalog_changed</c>; serving processes load a new snapshot when the revision differs from theirs.
/// </summary>
internal sealed class CatalogState
{
    /// <summary>Always true: the table holds one row.</summary>
    public bool Singleton { get; set; }

    public long Revision { get; set; }

    /// <summary>How many of the revisions changed the model alone. <see cref="Revision"/> less this counts changes to movies.</summary>
    public long ModelPublications { get; set; }

    public long? PublishedModelVersionId { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class CatalogStateConfiguration : IEntityTypeConfiguration<CatalogState>
{
    public void Configure(EntityTypeBuilder<CatalogState> builder)
    {
        builder.ToTable("state", Schemas.Catalog, table => table.HasCheckConstraint("ck_state_singleton", "singleton"));
        builder.HasKey(s => s.Singleton);
        builder.Property(s => s.ModelPublications).HasDefaultValue(0L);
        builder.Property(s => s.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(s => s.PublishedModelVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
