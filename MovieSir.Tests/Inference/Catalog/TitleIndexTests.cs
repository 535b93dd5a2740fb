using MovieSir.Data.Names;
using MovieSir.Inference.Catalog;

namespace MovieSir.Tests.Inference.Catalog;

public sealed class TitleIndexTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("The Godfather", "thegodfather")]
    [InlineData("ＯＬＤＢＯＹ", "oldboy")]
    [InlineData("  Amélie! ", "amelie")]
    [InlineData("Fast & Furious", "fastandfurious")]
    [InlineData("THRİLLER", "thriller")]
    [InlineData("Thrıller", "thriller")]
    [InlineData("Straße", "strasse")]
    [InlineData("기생충", "ㄱㅣㅅㅐㅇㅊㅜㅇ")]
    [InlineData("ㄱㅣㅅㅐㅇㅊㅜㅇ", "ㄱㅣㅅㅐㅇㅊㅜㅇ")]
    [InlineData("왜 값", "ㅇㅗㅐㄱㅏㅂㅅ")]
    [InlineData("!?", "")]
    [InlineData("\uD800", "")]
    public void Names_are_compared_by_their_letters(string name, string letters) =>
        Assert.Equal(letters, NameLetters.Of(name));

    [Theory]
    [InlineData("Parasite", 0, nameof(TitleMatch.Whole))]
    [InlineData("PARASITE", 0, nameof(TitleMatch.Whole))]
    [InlineData("para site", 0, nameof(TitleMatch.Whole))]
    [InlineData("Parasit", 0, nameof(TitleMatch.Misspelled))]
    [InlineData("Praasite", 0, nameof(TitleMatch.Misspelled))]
    [InlineData("Parassitte", 0, nameof(TitleMatch.Misspelled))]
    [InlineData("기생충", 0, nameof(TitleMatch.Whole))]
    [InlineData("기셍충", 0, nameof(TitleMatch.Misspelled))]
    [InlineData("ㄱㅣㅅㅐㅇㅊㅜㅇ", 0, nameof(TitleMatch.Whole))]
    [InlineData("ㄱㅅㅊ", 0, nameof(TitleMatch.Beginning))]
    [InlineData("기생", 0, nameof(TitleMatch.Beginning))]
    [InlineData("Godfather", 1, nameof(TitleMatch.Main))]
    [InlineData("star wars", 2, nameof(TitleMatch.Main))]
    [InlineData("千と千尋の神隠し", 3, nameof(TitleMatch.Whole))]
    [InlineData("８월의 크리스마스", 4, nameof(TitleMatch.Whole))]
    [InlineData("8월의크리스마스", 4, nameof(TitleMatch.Whole))]
    public void A_title_is_found_however_it_is_written(string query, int row, string match)
    {
        var found = Index().Find(query, 10);
        Assert.Equal(new FoundTitle(new Row(row), Enum.Parse<TitleMatch>(match)), found[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("a family that cons its way into a rich house")]
    [InlineData("비 오는 날 보기 좋은 로맨스")]
    [InlineData("Up")]
    public void What_is_no_title_finds_none(string query) => Assert.Empty(Index().Find(query, 10));

    [Fact]
    public void Misspelled_names_are_those_that_the_distance_says_of_all_names()
    {
        var random = new Random(12);
        List<(string, Row)> all = [.. Enumerable.Range(0, 3000).Select(row => (Word(random, random.Next(4, 16)), new Row(row)))];
        var index = new SpellingIndex(new Names([.. all]));
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var query = Misspell(random, all[random.Next(all.Count)].Item1, random.Next(0, 3));
            var most = SpellingIndex.ErrorsOf(query.Length);
            Row[] expected = [.. all.Where(name => most > 0 && EditDistance.Between(query, name.Item1) <= most).Select(name => name.Item2)];
            Row[] near = [.. index.Near(query)];
            Assert.Equal(expected.Select(row => row.Index).Order(), near.Select(row => row.Index).Order());
            found += near.Length;
        }

        output.WriteLine($"{found} names near 300 queries");
        Assert.InRange(found, 150, int.MaxValue);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Distances_count_errors(string first, string second, int errors) => Assert.Equal(errors, EditDistance.Between(first, second));

    private static TitleIndex Index() => new(
    [
        Movie("Parasite", "기생충", "기생충"),
        Movie("The Godfather", "대부", null),
        Movie("Star Wars: Episode IV – A New Hope", "스타워즈 에피소드 4: 새로운 희망", null),
        Movie("Spirited Away", "센과 치히로의 행방불명", "千と千尋の神隠し"),
        Movie("Christmas in August", "8월의 크리스마스", null),
    ]);

    private static MovieRecord Movie(string english, string korean, string? original) =>
        new() { TitleEn = english, TitleKo = korean, OriginalTitle = original, Genres = [], Otts = [] };

    private static string Word(Random random, int letters) => new([.. Enumerable.Range(0, letters).Select(_ => (char)('a' + random.Next(5)))]);

    private static string Misspell(Random random, string name, int errors)
    {
        for (var error = 0; error < errors && name.Length > 2; error++)
        {
            var at = random.Next(name.Length - 1);
            name = random.Next(4) switch
            {
                0 => name.Remove(at, 1),
                1 => name.Insert(at, "e"),
                2 => name[..at] + "z" + name[(at + 1)..],
                _ => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            };
        }

        return name;
    }
}
