using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>
/// What became of the movies that one track recommended on one day (Asia/Seoul): summed in the transaction that writes the log and the feedback.
/// </summary>
internal sealed class TrackOutcome
{
    public Guid CompanyId { get; set; }

    /// <summary>The day of the recommendation, whenever the feedback came.</summary>
    public DateOnly Day { get; set; }

    /// <summary><c>a</c> or <c>b</c>.</summary>
    public required string Track { get; set; }

    /// <summary><c>recommended</c>, or a type of <see cref="Feedback"/>.</summary>
    public required string Outcome { get; set; }

    public long Movies { get; set; }
}

internal sealed class TrackOutcomeConfiguration : IEntityTypeConfiguration<TrackOutcome>
{
    public void Configure(EntityTypeBuilder<TrackOutcome> builder)
    {
        builder.ToTable("track_outcomes", Schemas.B2b);
        builder.HasKey(outcome => new { outcome.CompanyId, outcome.Day, outcome.Track, outcome.Outcome });
        builder.Property(outcome => outcome.Track).HasMaxLength(1);
        builder.Property(outcome => outcome.Outcome).HasMaxLength(20);
    }
}
