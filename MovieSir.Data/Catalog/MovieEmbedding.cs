using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pgvector;

namespace MovieSir.Data.Catalog;

/// <summary>One movie's L2-normalized sentence embedding under one encoder.</summary>
internal sealed class MovieEmbedding
{
    public short EncoderId { get; set; }

    public int MovieId { get; set; }

    /// <summary>SHA-256 of the text that was encoded: what did not change is not encoded again.</summary>
    public required byte[] SourceHash { get; set; }

    /// <summary>Null where the encoder has no embedding for the text.</summary>
    public Vector? Embedding { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class MovieEmbeddingConfiguration : IEntityTypeConfiguration<MovieEmbedding>
{
    public void Configure(EntityTypeBuilder<MovieEmbedding> builder)
    {
        // No dimension here: it differs by encoder. `embed` adds an HNSW index per encoder over the cast to its dimension.
        builder.ToTable("movie_embeddings", Schemas.Catalog);
        builder.HasKey(e => new { e.EncoderId, e.MovieId });
        builder.Property(e => e.Embedding).HasColumnType("vector");
        builder.Property(e => e.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Encoder>().WithMany().HasForeignKey(e => e.EncoderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Movie>().WithMany().HasForeignKey(e => e.MovieId).OnDelete(DeleteBehavior.Cascade);
    }
}
