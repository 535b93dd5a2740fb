using MovieSir.Inference.Embedding;

namespace MovieSir.Tests.Encoders;

public sealed class FilmTextTests
{
    private static readonly FilmFacts Parasite = new(
        496243, "Parasite", "기생충", 2019, ["Comedy", "Thriller"], ["class differences", "basement"], "All unemployed, a family takes an interest.", "전원 백수인 가족");

    [Fact]
    public void A_film_is_its_title_year_genres_keywords_and_overview() => Assert.Equal(
        "Parasite (2019). Comedy, Thriller. class differences, basement. All unemployed, a family takes an interest.", FilmText.Compose(Parasite, isMultilingual: false));

    [Fact]
    public void A_multilingual_encoder_reads_the_korean_title_too() =>
        Assert.StartsWith("Parasite / 기생충 (2019). ", FilmText.Compose(Parasite, isMultilingual: true), StringComparison.Ordinal);

    [Fact]
    public void A_missing_overview_is_replaced_by_the_korean_one_where_the_encoder_reads_it()
    {
        var film = Parasite with { Overview = " " };
        Assert.EndsWith("전원 백수인 가족", FilmText.Compose(film, isMultilingual: true), StringComparison.Ordinal);
        Assert.EndsWith("basement", FilmText.Compose(film, isMultilingual: false), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_leaves_no_gap() =>
        Assert.Equal("Parasite", FilmText.Compose(new FilmFacts(1, "Parasite", null, null, [], [], null, null), isMultilingual: true));

    [Fact]
    public void Keywords_are_bounded() =>
        Assert.Equal(20, FilmText.Compose(Parasite with { Keywords = [.. Enumerable.Range(0, 50).Select(i => $"kw{i}")] }, false).Split("kw").Length - 1);
}
