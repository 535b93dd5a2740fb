using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>That a provider carries a movie in a region, and on what terms.</summary>
internal sealed class MovieProvider
{
    public int MovieId { get; set; }

    public int ProviderId { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Region { get; set; }

    /// <summary><c>flatrate</c>, <c>free</c>, <c>ads</c>, <c>rent</c> or <c>buy</c>, as TMDB names them.</summary>
    public required string Terms { get; set; }

    /// <summary>True where the availability is invented for the sample catalog.</summary>
    public bool IsSample { get; set; }
}

internal sealed class MovieProviderConfiguration : IEntityTypeConfiguration<MovieProvider>
{
    public void Configure(EntityTypeBuilder<MovieProvider> builder)
    {
        builder.ToTable("movie_providers", Schemas.Catalog);
        builder.HasKey(l => new { l.MovieId, l.ProviderId, l.Region, l.Terms });
        builder.Property(l => l.Region).HasMaxLength(2).IsFixedLength();
        builder.HasOne<Movie>().WithMany().HasForeignKey(l => l.MovieId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Provider>().WithMany().HasForeignKey(l => l.ProviderId).OnDelete(DeleteBehavior.Restrict);
    }
}
