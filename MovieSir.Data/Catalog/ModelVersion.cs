using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A trained model: its item factors, how it was made and how it was judged. Never changed once it is published.</summary>
internal sealed class ModelVersion
{
    public long ModelVersionId { get; set; }

    /// <summary>Name in answers, for example <c>20261122T224011.000Z-ials128</c>.</summary>
    public required string Name { get; set; }

    /// <summary>For example <c>ials</c>.</summary>
    public required string Algorithm { get; set; }

    public int Dimension { get; set; }

    public int ItemCount { get; set; }

    /// <summary>JSON object.</summary>
    public required string Hyperparameters { get; set; }

    /// <summary>JSON object: figures on held-out users at the time of training.</summary>
    public required string Metrics { get; set; }

    /// <summary>
    /// JSON object: the learned weights of the signals and the forest; null where none were learned. The type <c>json</c> keeps it as it was
    /// written, since the checksum covers it.
    /// </summary>
    public string? Ranking { get; set; }

    /// <summary>SHA-256 over factors, successors and ranking; its layout is defined by <c>ModelChecksum</c> of the inference service.</summary>
    public required byte[] Checksum { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class ModelVersionConfiguration : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> builder)
    {
        builder.ToTable("model_versions", Schemas.Catalog);
        builder.HasKey(v => v.ModelVersionId);
        builder.HasIndex(v => v.Name).IsUnique();
        builder.Property(v => v.Hyperparameters).HasColumnType("jsonb");
        builder.Property(v => v.Metrics).HasColumnType("jsonb");
        builder.Property(v => v.Ranking).HasColumnType("json");
        builder.Property(v => v.CreatedAt).HasDefaultValueSql("now()");
    }
}
