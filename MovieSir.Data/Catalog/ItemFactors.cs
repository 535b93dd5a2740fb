using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>One movie's latent factors in one model version.</summary>
internal sealed class ItemFactors
{
    public long ModelVersionId { get; set; }

    public int MovieId { get; set; }

    public required float[] Factors { get; set; }
}

internal sealed class ItemFactorsConfiguration : IEntityTypeConfiguration<ItemFactors>
{
    public void Configure(EntityTypeBuilder<ItemFactors> builder)
    {
        builder.ToTable("item_factors", Schemas.Catalog);
        builder.HasKey(f => new { f.ModelVersionId, f.MovieId });
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(f => f.ModelVersionId).OnDelete(DeleteBehavior.Cascade);
    }
}
