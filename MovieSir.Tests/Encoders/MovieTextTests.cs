using MovieSir.Inference.Offline.Embed;

namespace MovieSir.Tests.Encoders;

public sealed class MovieTextTests
{
    private static readonly MovieFacts Parasite = new(
        496243, "Parasite", "기생충", 2019, ["Comedy", "Thriller"], ["class differences", "basement"], "All unemployed, a family takes an interest.",
        "전원 백수인 가족");

    [Fact]
    public void A_movie_is_its_title_year_genres_keywords_and_overview() => Assert.Equal(
        "Parasite (2019). Comedy, Thriller. class differences, basement. All unemployed, a family takes an interest.",
        MovieText.Compose(Parasite, isMultilingual: false));

    [Fact]
    public void A_multilingual_encoder_reads_the_korean_title_too() =>
        Assert.StartsWith("Parasite / 기생충 (2019). ", MovieText.Compose(Parasite, isMultilingual: true), StringComparison.Ordinal);

    [Fact]
    public void A_missing_overview_is_replaced_by_the_korean_one_where_the_encoder_reads_it()
    {
        var movie = Parasite with { Overview = " " };
        Assert.EndsWith("전원 백수인 가족", MovieText.Compose(movie, isMultilingual: true), StringComparison.Ordinal);
        Assert.EndsWith("basement", MovieText.Compose(movie, isMultilingual: false), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_leaves_no_gap() =>
        Assert.Equal("Parasite", MovieText.Compose(new MovieFacts(1, "Parasite", null, null, [], [], null, null), isMultilingual: true));

    [Fact]
    public void Keywords_are_bounded() =>
        Assert.Equal(20, MovieText.Compose(Parasite with { Keywords = [.. Enumerable.Range(0, 50).Select(i => $"kw{i}")] }, false)
            .Split("kw").Length - 1);
}
