using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A sentence encoder that embeddings were made with.</summary>
internal sealed class Encoder
{
    public short EncoderId { get; set; }

    /// <summary>Stable name with version, for example <c>all-MiniLM-L6-v2</c>.</summary>
    public required string Name { get; set; }

    public int Dimension { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class EncoderConfiguration : IEntityTypeConfiguration<Encoder>
{
    public void Configure(EntityTypeBuilder<Encoder> builder)
    {
        builder.ToTable("encoders", Schemas.Catalog);
        builder.HasKey(e => e.EncoderId);
        builder.HasIndex(e => e.Name).IsUnique();
        builder.Property(e => e.CreatedAt).HasDefaultValueSql("now()");
    }
}
