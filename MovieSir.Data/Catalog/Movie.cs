using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A movie, keyed by its TMDB id. Facts only; what is computed from it (embeddings, factors) stands in tables of its own.</summary>
internal sealed class Movie
{
    /// <summary>TMDB id.</summary>
    public int MovieId { get; set; }

    /// <summary>IMDb id in the form <c>tt0114709</c>.</summary>
    public string? ImdbId { get; set; }

    public required string Title { get; set; }

    public string? OriginalTitle { get; set; }

    /// <summary>Title in Korea, where there is one.</summary>
    public string? TitleKo { get; set; }

    public string? Overview { get; set; }

    public string? OverviewKo { get; set; }

    /// <summary>ISO 639-1.</summary>
    public string? OriginalLanguage { get; set; }

    public DateOnly? ReleaseDate { get; set; }

    /// <summary>Running time in minutes; null where the source does not say. Such a movie is never placed in a set for a given time.</summary>
    public short? RuntimeMinutes { get; set; }

    /// <summary>Mean vote, 0 to 10.</summary>
    public float VoteAverage { get; set; }

    public int VoteCount { get; set; }

    /// <summary>TMDB's own popularity figure.</summary>
    public float Popularity { get; set; }

    public bool Adult { get; set; }

    public string? PosterPath { get; set; }

    public string[] Keywords { get; set; } = [];

    /// <summary>True where the movie was made from a ratings source that gives only title, year and genres; a movie source replaces it.</summary>
    public bool IsStub { get; set; }

    /// <summary>True where the movie comes from the sample catalog; a movie source replaces it.</summary>
    public bool IsSample { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class MovieConfiguration : IEntityTypeConfiguration<Movie>
{
    public void Configure(EntityTypeBuilder<Movie> builder)
    {
        builder.ToTable("movies", Schemas.Catalog);
        builder.HasKey(m => m.MovieId);
        builder.Property(m => m.MovieId).ValueGeneratedNever();
        builder.Property(m => m.IsSample).HasDefaultValue(false);
        builder.Property(m => m.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(m => m.ImdbId);
    }
}
