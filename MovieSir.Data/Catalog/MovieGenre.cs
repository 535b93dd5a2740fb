using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MovieSir.Data.Catalog;

internal sealed class MovieGenre
{
    public int MovieId { get; set; }

    public int GenreId { get; set; }
}

internal sealed class MovieGenreConfiguration : IEntityTypeConfiguration<MovieGenre>
{
    public void Configure(EntityTypeBuilder<MovieGenre> builder)
    {
        builder.ToTable("movie_genres", Schemas.Catalog);
        builder.HasKey(l => new { l.MovieId, l.GenreId });
        builder.HasOne<Movie>().WithMany().HasForeignKey(l => l.MovieId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Genre>().WithMany().HasForeignKey(l => l.GenreId).OnDelete(DeleteBehavior.Restrict);
    }
}
