using MovieSir.Inference.Offline.Import.MovieLens;

namespace MovieSir.Tests.Inference.Offline.Import.MovieLens;

public sealed class MovieLensFieldTests
{
    [Theory]
    [InlineData("Toy Story (1995)", "Toy Story", 1995)]
    [InlineData("American President, The (1995)", "The American President", 1995)]
    [InlineData("Bug's Life, A (1998)", "A Bug's Life", 1998)]
    [InlineData("Seven (a.k.a. Se7en) (1995)", "Seven (a.k.a. Se7en)", 1995)]
    [InlineData("2001: A Space Odyssey (1968) ", "2001: A Space Odyssey", 1968)]
    [InlineData("Fawlty Towers (1975-1979)", "Fawlty Towers", 1975)]
    [InlineData("Big Bang Theory, The (2007-)", "The Big Bang Theory", 2007)]
    [InlineData("Babylon 5", "Babylon 5", null)]
    [InlineData("1917", "1917", null)]
    public void The_year_leaves_the_title_and_the_article_comes_first(string text, string title, int? year) =>
        Assert.Equal((title, year), MovieLensTitle.Parse(text));

    [Theory]
    [InlineData("Adventure|Animation|Children|Comedy|Fantasy", "12,16,10751,35,14", 0)]
    [InlineData("Sci-Fi|Musical|Film-Noir|IMAX", "878,10402", 0)]
    [InlineData("(no genres listed)", "", 0)]
    [InlineData("", "", 0)]
    [InlineData("Drama|Drama", "18", 0)]
    [InlineData("Drama|Kaiju", "18", 1)]
    [InlineData("DRAMA|ＳＣＩ－ＦＩ|Children's", "18,878,10751", 0)]
    [InlineData("Science Fiction|가족", "878,10751", 0)]
    public void Genres_are_those_of_TMDB(string list, string ids, int corrections)
    {
        var told = 0;
        var genres = MovieLensGenres.Parse(list, _ => told++);
        Assert.Equal(ids, string.Join(',', genres.Select(genre => genre.GenreId)));
        Assert.Equal(corrections, told);
    }
}
