using MovieSir.Inference.Catalog;

namespace MovieSir.Tests.Inference.Catalog;

public sealed class WordIndexTests
{
    [Theory]
    [InlineData("The Robots are dreaming of a better story", "robot dream better stori")]
    [InlineData("running, loved & LOVING it", "run lov lov")]
    [InlineData("stories about Children's heroes", "stori children hero")]
    [InlineData("falling glasses kissed", "fall glass kiss")]
    [InlineData("a movie about movies", "")]
    [InlineData("1987", "1987")]
    [InlineData("비 오는 날", "비 오는 오 날")]
    [InlineData("비가 내린다", "비가 비 내린 린다")]
    [InlineData("좀비영화", "좀비 비영 영화")]
    [InlineData("007은", "007 은")]
    public void Texts_are_taken_apart_into_words(string text, string words)
    {
        var found = new List<string>();
        SearchWords.Visit(text, word => found.Add(word.ToString()));
        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public void What_a_Korean_query_says_beside_what_it_looks_for_is_left_out() =>
        Assert.Equal(["잔잔", "잔한"], SearchWords.OfQuery("잔잔한 영화 추천해줘").Order());

    [Fact]
    public void Scores_are_those_of_BM25_with_titles_and_keywords_counted_twice()
    {
        MovieWords[] movies =
        [
            new(["Space Robots", null], ["A robot is lost in space.", null], "robot | space", ["Science Fiction", "SF"]),
            new(["Garden", "정원"], ["Flowers bloom.", "꽃이 핀다."], null, ["Drama"]),
            new(["Robot", "Robot"], [null], null, []),
        ];
        var builder = new WordIndex.Builder();
        foreach (var movie in movies)
        {
            builder.Add(movie);
        }

        var scores = new float[3];
        builder.Build().AddTo(scores, ["robot", "nothing"], 0.5f);

        double[] counts = [2 + 1 + 2, 0, 2];
        double[] lengths = [(2 * 2) + 3 + (2 * 2) + 3, (2 * 2) + 2 + 3 + 1, 2];
        var rarity = Math.Log(1 + ((3 - 2 + 0.5) / (2 + 0.5)));
        for (var row = 0; row < 3; row++)
        {
            var damping = 1.2 * (0.5 + (0.5 * lengths[row] / lengths.Average()));
            Assert.Equal(0.5 * rarity * counts[row] * 2.2 / (counts[row] + damping), scores[row], 1e-4);
        }
    }
}
