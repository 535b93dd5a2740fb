using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>When a movie was last asked of TMDB's API, so that an interrupted import goes on where it stopped.</summary>
internal sealed class TmdbFetch
{
    public int MovieId { get; set; }

    /// <summary>The language and region it was asked in, for example <c>ko-KR/KR</c>.</summary>
    public required string Scope { get; set; }

    /// <summary>False where TMDB has no movie under the id.</summary>
    public bool Found { get; set; }

    public DateTimeOffset FetchedAt { get; set; }
}

internal sealed class TmdbFetchConfiguration : IEntityTypeConfiguration<TmdbFetch>
{
    public void Configure(EntityTypeBuilder<TmdbFetch> builder)
    {
        builder.ToTable("tmdb_fetches", Schemas.Catalog);
        builder.HasKey(f => new { f.MovieId, f.Scope });
    }
}
