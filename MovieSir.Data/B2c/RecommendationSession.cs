using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>One recommendation as it was drawn, and what its traveller made of it.</summary>
internal sealed class RecommendationSession
{
    public Guid SessionId { get; set; }

    public Guid TravellerId { get; set; }

    /// <summary>What was asked for, as JSON.</summary>
    public required string Wish { get; set; }

    /// <summary>The answer, as JSON: the traveller opens it again as it was.</summary>
    public required string Answer { get; set; }

    /// <summary>Every movie that was shown in it, swaps included.</summary>
    public int[] ShownMovieIds { get; set; } = [];

    /// <summary>The chosen track, <c>a</c> or <c>b</c>.</summary>
    public string? PlanTrack { get; set; }

    /// <summary>The chosen movies in their order.</summary>
    public int[]? PlanMovieIds { get; set; }

    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>When the set has ended, and its movies may be asked about: known by a start, or by a click on a streaming service.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Set where the traveller does not want to be asked.</summary>
    public DateTimeOffset? DismissedAt { get; set; }

    /// <summary>The name under which anybody may read the plan; none: nobody may.</summary>
    public string? ShareId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class RecommendationSessionConfiguration : IEntityTypeConfiguration<RecommendationSession>
{
    public void Configure(EntityTypeBuilder<RecommendationSession> builder)
    {
        builder.ToTable("recommendation_sessions", Schemas.B2c);
        builder.HasKey(s => s.SessionId);
        builder.HasIndex(s => new { s.TravellerId, s.CreatedAt });
        builder.HasIndex(s => s.ShareId).IsUnique();
        builder.Property(s => s.Wish).HasColumnType("jsonb");
        builder.Property(s => s.Answer).HasColumnType("jsonb");
        builder.Property(s => s.PlanTrack).HasMaxLength(1);
        builder.Property(s => s.ShareId).HasMaxLength(32);
        builder.HasOne<Traveller>().WithMany().HasForeignKey(s => s.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
