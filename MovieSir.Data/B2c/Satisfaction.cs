using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>One thumb for one movie of a session.</summary>
internal sealed class Satisfaction
{
    public Guid SessionId { get; set; }

    public int MovieId { get; set; }

    public bool IsPositive { get; set; }

    public DateTimeOffset JudgedAt { get; set; }
}

internal sealed class SatisfactionConfiguration : IEntityTypeConfiguration<Satisfaction>
{
    public void Configure(EntityTypeBuilder<Satisfaction> builder)
    {
        builder.ToTable("satisfactions", Schemas.B2c);
        builder.HasKey(s => new { s.SessionId, s.MovieId });
        builder.HasOne<RecommendationSession>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
