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
        builder.HasIndex(f => f.RecommendationId);
        builder.Property(f => f.Type).HasMaxLength(20);
        builder.Property(f => f.ClientUserId).HasMaxLength(128);
    }
}
