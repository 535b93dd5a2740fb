using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>The movies that viewers went on to like after one movie, in one model version, strongest first.</summary>
internal sealed class ItemSuccessors
{
    public long ModelVersionId { get; set; }

    public int MovieId { get; set; }

    /// <summary>TMDB ids.</summary>
    public required int[] SuccessorIds { get; set; }

    /// <summary>Aligned with the successors, positive.</summary>
    public required float[] Weights { get; set; }
}

internal sealed class ItemSuccessorsConfiguration : IEntityTypeConfiguration<ItemSuccessors>
{
    public void Configure(EntityTypeBuilder<ItemSuccessors> builder)
    {
        builder.ToTable("item_successors", Schemas.Catalog);
        builder.HasKey(s => new { s.ModelVersionId, s.MovieId });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(s => s.ModelVersionId).OnDelete(DeleteBehavior.Cascade);
    }
}
