using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

/// <summary>A genre, keyed by its TMDB id, with its name in both languages of the service.</summary>
internal sealed class Genre
{
    public int GenreId { get; set; }

    public required string NameEn { get; set; }

    public required string NameKo { get; set; }
}

internal sealed class GenreConfiguration : IEntityTypeConfiguration<Genre>
{
    public void Configure(EntityTypeBuilder<Genre> builder)
    {
        builder.ToTable("genres", Schemas.Catalog);
        builder.HasKey(g => g.GenreId);
        builder.Property(g => g.GenreId).ValueGeneratedNever();
        builder.HasData(KnownGenres.All.Select(known => new Genre { GenreId = known.GenreId, NameEn = known.NameEn, NameKo = known.NameKo }));
    }
}
