using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2c;

/// <summary>A movie that a traveller picked in onboarding.</summary>
internal sealed class SurveyAnswer
{
    public Guid TravellerId { get; set; }

    public int MovieId { get; set; }

    public DateTimeOffset AnsweredAt { get; set; }
}

internal sealed class SurveyAnswerConfiguration : IEntityTypeConfiguration<SurveyAnswer>
{
    public void Configure(EntityTypeBuilder<SurveyAnswer> builder)
    {
        builder.ToTable("survey_answers", Schemas.B2c);
        builder.HasKey(a => new { a.TravellerId, a.MovieId });
        builder.HasOne<Traveller>().WithMany().HasForeignKey(a => a.TravellerId).OnDelete(DeleteBehavior.Cascade);
    }
}
