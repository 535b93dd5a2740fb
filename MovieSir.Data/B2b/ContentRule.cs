using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.B2b;

/// <summary>What a content rule names.</summary>
public enum ContentRuleKind
{
    /// <summary>A word of the title, the overview or the keywords.</summary>
    Keyword,

    /// <summary>A genre, by its English or Korean name.</summary>
    Genre,

    /// <summary>One movie, by its TMDB id.</summary>
    Id,
}

/// <summary>Brand safety: what a company never wants recommended.</summary>
public sealed class ContentRule
{
    public Guid ContentRuleId { get; set; }

    public Guid CompanyId { get; set; }

    public ContentRuleKind Kind { get; set; }

    /// <summary>A word, a genre's name or a TMDB id, by <see cref="Kind"/>.</summary>
    public required string Value { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class ContentRuleConfiguration : IEntityTypeConfiguration<ContentRule>
{
    public void Configure(EntityTypeBuilder<ContentRule> builder)
    {
        builder.ToTable("content_rules", Schemas.B2b);
        builder.HasKey(r => r.ContentRuleId);
        builder.HasIndex(r => new { r.CompanyId, r.Kind, r.Value }).IsUnique();
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Value).HasMaxLength(200);
        builder.Property(r => r.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Company>().WithMany().HasForeignKey(r => r.CompanyId).OnDelete(DeleteBehavior.Cascade);
    }
}
