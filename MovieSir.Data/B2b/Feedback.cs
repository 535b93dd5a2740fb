using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>What a client's user did with a recommended movie.</summary>
internal sealed class Feedback
{
    public Guid FeedbackId { get; set; }

    public Guid CompanyId { get; set; }

    public Guid ApiKeyId { get; set; }

    public Guid RecommendationId { get; set; }

    public int MovieId { get; set; }

    /// <summary><c>watched</c>, <c>liked</c>, <c>disliked</c> or <c>clicked</c>.</summary>
    public required string Type { get; set; }

    /// <summary><c>a</c> or <c>b</c>: the track that held the movie; null where its call had no tracks.</summary>
    public string? Track { get; set; }

    public string? ClientUserId { get; set; }

    public DateTimeOffset OccurredAt { get; set; }
}

internal sealed class FeedbackConfiguration : IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.ToTable("feedback", Schemas.B2b);
        builder.HasKey(f => f.FeedbackId);
        builder.HasIndex(f => new { f.CompanyId, f.OccurredAt });
        // What is told twice is one.
        builder.HasIndex(f => new { f.RecommendationId, f.MovieId, f.Type }).IsUnique();
        builder.Property(f => f.Type).HasMaxLength(20);
        builder.Property(f => f.Track).HasMaxLength(1);
        builder.Property(f => f.ClientUserId).HasMaxLength(128);
    }
}
