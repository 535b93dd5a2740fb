using System.Text;
using System.Text.Json.Nodes;
using MovieSir.Inference.Import.Films;

namespace MovieSir.Tests.Import;

public sealed class FilmReaderTests
{
    [Fact]
    public void A_whole_answer_of_TMDB_is_read()
    {
        var (film, corrections) = Read(ImportBench.Film(862, "Toy Story", json =>
        {
            json["translations"] = Translations(("ko", "KR", "토이 스토리", "장난감들의 이야기."), ("en", "US", "", ""));
            json["poster_path"] = "/rhIRbceoE9lR4veEXuwCC2wARtG.jpg";
        }));

        Assert.Empty(corrections);
        Assert.Equal((862, "Toy Story", "토이 스토리", FilmRank.Film), (film.MovieId, film.Title, film.TitleKo, film.Rank));
        Assert.Equal(("tt0000862", "en", "About Toy Story.", "장난감들의 이야기."), (film.ImdbId, film.OriginalLanguage, film.Overview, film.OverviewKo));
        Assert.Equal((new DateOnly(1999, 3, 31), (short)100, 7.5f, 1000, 12.5f), (film.ReleaseDate, film.RuntimeMinutes, film.VoteAverage, film.VoteCount, film.Popularity));
        Assert.Equal(["train"], film.Keywords!);
        Assert.Equal([new GenreRecord(18, "Drama")], film.Genres!);
        Assert.Equal([new AvailabilityRecord(8, "Netflix", "KR", "flatrate")], film.Availability!);
        Assert.Equal("/rhIRbceoE9lR4veEXuwCC2wARtG.jpg", film.PosterPath);
    }

    [Fact]
    public void A_film_of_an_id_and_a_title_is_a_film_and_nothing_is_made_up()
    {
        var (film, corrections) = Read("""{"id": 5, "title": "Four Rooms"}""");

        Assert.Empty(corrections);
        Assert.Equal(new FilmRecord(5, "Four Rooms", FilmRank.Film), film);
    }

    [Fact]
    public void An_answer_in_Korean_gives_both_languages()
    {
        var (film, _) = Read(ImportBench.Film(496243, "기생충", json =>
        {
            json["original_language"] = "ko";
            json["overview"] = "반지하에 사는 가족의 이야기.";
            json["translations"] = Translations(("en", "US", "Parasite", "A family in a semi-basement."), ("ko", "KR", "", ""));
        }));

        Assert.Equal(("Parasite", "기생충"), (film.Title, film.TitleKo));
        Assert.Equal(("A family in a semi-basement.", "반지하에 사는 가족의 이야기."), (film.Overview, film.OverviewKo));
    }

    [Fact]
    public void An_answer_in_Korean_of_a_film_without_an_English_translation_keeps_its_original_title()
    {
        var (film, _) = Read(ImportBench.Film(1, "아멜리에", json =>
        {
            json["original_title"] = "Le Fabuleux Destin d'Amélie Poulain";
            json["overview"] = "";
        }));

        Assert.Equal(("Le Fabuleux Destin d'Amélie Poulain", "아멜리에"), (film.Title, film.TitleKo));
        Assert.Null(film.Overview);
    }

    [Theory]
    [InlineData("runtime", "0", null)]
    [InlineData("runtime", "null", null)]
    [InlineData("runtime", "81.0", 81)]
    [InlineData("runtime", "1440", 1440)]
    public void Minutes_are_read_where_they_can_be(string field, string value, int? expected)
    {
        var (film, corrections) = Read(With(field, value));
        Assert.Equal(expected, film.RuntimeMinutes);
        Assert.Empty(corrections);
    }

    [Theory]
    [InlineData("runtime", "-60")]
    [InlineData("runtime", "100000")]
    [InlineData("runtime", "1e300")]
    [InlineData("vote_count", "-1")]
    [InlineData("vote_count", "1e12")]
    [InlineData("vote_average", "11")]
    [InlineData("vote_average", "-0.5")]
    [InlineData("popularity", "-3")]
    [InlineData("popularity", "1e40")]
    [InlineData("release_date", "\"1999-02-30\"")]
    [InlineData("release_date", "\"soon\"")]
    [InlineData("release_date", "\"0001-01-01\"")]
    [InlineData("imdb_id", "\"862\"")]
    [InlineData("poster_path", "\"javascript:alert(1)\"")]
    [InlineData("original_language", "\"<script>\"")]
    [InlineData("genres", "[{\"id\": 0, \"name\": \"?\"}]")]
    [InlineData("genres", "[{\"id\": 18}]")]
    [InlineData("genres", "[null]")]
    [InlineData("watch/providers", "{\"results\": {\"Korea\": {}}}")]
    [InlineData("watch/providers", "{\"results\": {\"KR\": {\"flatrate\": [{\"provider_id\": 8}]}}}")]
    public void A_field_that_cannot_be_is_told_and_left_out_and_the_film_kept(string field, string value)
    {
        var (film, corrections) = Read(With(field, value));

        Assert.Equal("Film", film.Title);
        Assert.Single(corrections);
        object? left = field switch
        {
            "runtime" => film.RuntimeMinutes,
            "vote_count" => film.VoteCount,
            "vote_average" => film.VoteAverage,
            "popularity" => film.Popularity,
            "release_date" => film.ReleaseDate,
            "imdb_id" => film.ImdbId,
            "poster_path" => film.PosterPath,
            "original_language" => film.OriginalLanguage,
            "genres" => film.Genres!.Count == 0 ? null : film.Genres,
            _ => film.Availability!.Count == 0 ? null : film.Availability,
        };
        Assert.Null(left);
    }

    [Theory]
    [InlineData("""{"title": "No id"}""", "no id")]
    [InlineData("""{"id": 0, "title": "Zero"}""", "id is not a positive integer")]
    [InlineData("""{"id": 1.5, "title": "Half"}""", "id is not a positive integer")]
    [InlineData("""{"id": 3000000000, "title": "Large"}""", "id is not a positive integer")]
    [InlineData("""{"id": 1}""", "no title")]
    [InlineData("""{"id": 1, "title": " \u0000 "}""", "no title")]
    [InlineData("null", "not a JSON object")]
    [InlineData("[]", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "Cut""", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "Type", "runtime": "long"}""", "runtime: the value is not of the expected type")]
    [InlineData("""{"id": 1, "title": "Type", "genres": {}}""", "genres: the value is not of the expected type")]
    [InlineData("""{"id": 1, "title": "NaN", "runtime": NaN}""", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "half a pair \ud800"}""", "title: the value is not of the expected type")]
    public void A_line_that_is_no_film_is_refused_with_a_reason(string line, string reason)
    {
        var (film, rejection) = FilmReader.Read(Encoding.UTF8.GetBytes(line), _ => { });
        Assert.Null(film);
        Assert.Equal(reason, rejection);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var (film, rejection) = FilmReader.Read(Encoding.UTF8.GetBytes($$"""{"id": 1, "title": "Deep", "x": {{new string('[', 5000)}}"""), _ => { });
        Assert.Null(film);
        Assert.NotNull(rejection);
    }

    [Fact]
    public void NUL_is_taken_out_of_texts_and_names()
    {
        var (film, _) = Read("""{"id": 1, "title": "A\u0000B", "overview": "c\u0000", "keywords": {"keywords": [{"name": "k\u0000"}]}}""");
        Assert.Equal(("AB", "c", "k"), (film.Title, film.Overview, Assert.Single(film.Keywords!)));
    }

    [Fact]
    public void Texts_and_lists_are_bounded()
    {
        var (film, corrections) = Read(ImportBench.Film(1, "Film", json =>
        {
            json["overview"] = string.Concat(Enumerable.Repeat("😀", 20_000));
            json["keywords"] = new JsonObject
            {
                ["keywords"] = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => new JsonObject { ["name"] = $"keyword {i}" })]),
            };
        }));

        Assert.Equal(2, corrections.Count);
        Assert.InRange(film.Overview!.Length, 9_000, 10_000);
        Assert.False(char.IsHighSurrogate(film.Overview[^1]));
        Assert.Equal(200, film.Keywords!.Length);
    }

    [Fact]
    public void The_sample_is_told_apart() => Assert.Equal(FilmRank.Sample, Read(ImportBench.SampleFilm(1, "Film")).Film.Rank);

    private static string With(string field, string value) => ImportBench.Film(1, "Film", film => film[field] = JsonNode.Parse(value));

    private static JsonObject Translations(params (string Language, string Region, string Title, string Overview)[] translations) => new()
    {
        ["translations"] = new JsonArray([.. translations.Select(translation => new JsonObject
        {
            ["iso_639_1"] = translation.Language,
            ["iso_3166_1"] = translation.Region,
            ["data"] = new JsonObject { ["title"] = translation.Title, ["overview"] = translation.Overview },
        })]),
    };

    private static (FilmRecord Film, List<string> Corrections) Read(string json)
    {
        var corrections = new List<string>();
        var (film, rejection) = FilmReader.Read(Encoding.UTF8.GetBytes(json), corrections.Add);
        Assert.Null(rejection);
        return (film!, corrections);
    }
}
