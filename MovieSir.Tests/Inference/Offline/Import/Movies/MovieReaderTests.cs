using System.Text;
using System.Text.Json.Nodes;
using MovieSir.Inference.Offline.Import.Movies;

namespace MovieSir.Tests.Inference.Offline.Import.Movies;

public sealed class MovieReaderTests
{
    [Fact]
    public void A_whole_answer_of_TMDB_is_read()
    {
        var (movie, corrections) = Read(ImportBench.Movie(862, "Toy Story", json =>
        {
            json["translations"] = Translations(("ko", "KR", "토이 스토리", "장난감들의 이야기."), ("en", "US", "", ""));
            json["poster_path"] = "/rhIRbceoE9lR4veEXuwCC2wARtG.jpg";
        }));

        Assert.Empty(corrections);
        Assert.Equal((862, "Toy Story", "토이 스토리", MovieRank.Movie), (movie.MovieId, movie.Title, movie.TitleKo, movie.Rank));
        Assert.Equal(("tt0000862", "en", "About Toy Story.", "장난감들의 이야기."), (movie.ImdbId, movie.OriginalLanguage, movie.Overview, movie.OverviewKo));
        Assert.Equal((new DateOnly(1999, 3, 31), (short)100, 7.5f, 1000, 12.5f), (movie.ReleaseDate, movie.RuntimeMinutes, movie.VoteAverage, movie.VoteCount, movie.Popularity));
        Assert.Equal(["train"], movie.Keywords!);
        Assert.Equal([new GenreRecord(18, "Drama")], movie.Genres!);
        Assert.Equal([new AvailabilityRecord(8, "Netflix", "KR", "flatrate")], movie.Availability!);
        Assert.Equal("/rhIRbceoE9lR4veEXuwCC2wARtG.jpg", movie.PosterPath);
    }

    [Fact]
    public void A_movie_of_an_id_and_a_title_is_a_movie_and_nothing_is_made_up()
    {
        var (movie, corrections) = Read("""{"id": 5, "title": "Four Rooms"}""");

        Assert.Empty(corrections);
        Assert.Equal(new MovieRecord(5, "Four Rooms", MovieRank.Movie), movie);
    }

    [Fact]
    public void An_answer_in_Korean_gives_both_languages()
    {
        var (movie, _) = Read(ImportBench.Movie(496243, "기생충", json =>
        {
            json["original_language"] = "ko";
            json["overview"] = "반지하에 사는 가족의 이야기.";
            json["translations"] = Translations(("en", "US", "Parasite", "A family in a semi-basement."), ("ko", "KR", "", ""));
        }));

        Assert.Equal(("Parasite", "기생충"), (movie.Title, movie.TitleKo));
        Assert.Equal(("A family in a semi-basement.", "반지하에 사는 가족의 이야기."), (movie.Overview, movie.OverviewKo));
    }

    [Fact]
    public void An_answer_in_Korean_of_a_movie_without_an_English_translation_keeps_its_original_title()
    {
        var (movie, _) = Read(ImportBench.Movie(1, "아멜리에", json =>
        {
            json["original_title"] = "Le Fabuleux Destin d'Amélie Poulain";
            json["overview"] = "";
        }));

        Assert.Equal(("Le Fabuleux Destin d'Amélie Poulain", "아멜리에"), (movie.Title, movie.TitleKo));
        Assert.Null(movie.Overview);
    }

    [Theory]
    [InlineData("runtime", "0", null)]
    [InlineData("runtime", "null", null)]
    [InlineData("runtime", "81.0", 81)]
    [InlineData("runtime", "1440", 1440)]
    public void Minutes_are_read_where_they_can_be(string field, string value, int? expected)
    {
        var (movie, corrections) = Read(With(field, value));
        Assert.Equal(expected, movie.RuntimeMinutes);
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
    public void A_field_that_cannot_be_is_told_and_left_out_and_the_movie_kept(string field, string value)
    {
        var (movie, corrections) = Read(With(field, value));

        Assert.Equal("Movie", movie.Title);
        Assert.Single(corrections);
        object? left = field switch
        {
            "runtime" => movie.RuntimeMinutes,
            "vote_count" => movie.VoteCount,
            "vote_average" => movie.VoteAverage,
            "popularity" => movie.Popularity,
            "release_date" => movie.ReleaseDate,
            "imdb_id" => movie.ImdbId,
            "poster_path" => movie.PosterPath,
            "original_language" => movie.OriginalLanguage,
            "genres" => movie.Genres!.Count == 0 ? null : movie.Genres,
            _ => movie.Availability!.Count == 0 ? null : movie.Availability,
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
    public void A_line_that_is_no_movie_is_refused_with_a_reason(string line, string reason)
    {
        var (movie, rejection) = MovieReader.Read(Encoding.UTF8.GetBytes(line), _ => { });
        Assert.Null(movie);
        Assert.Equal(reason, rejection);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var (movie, rejection) = MovieReader.Read(Encoding.UTF8.GetBytes($$"""{"id": 1, "title": "Deep", "x": {{new string('[', 5000)}}"""), _ => { });
        Assert.Null(movie);
        Assert.NotNull(rejection);
    }

    [Fact]
    public void NUL_is_taken_out_of_texts_and_names()
    {
        var (movie, _) = Read("""{"id": 1, "title": "A\u0000B", "overview": "c\u0000", "keywords": {"keywords": [{"name": "k\u0000"}]}}""");
        Assert.Equal(("AB", "c", "k"), (movie.Title, movie.Overview, Assert.Single(movie.Keywords!)));
    }

    [Fact]
    public void Texts_and_lists_are_bounded()
    {
        var (movie, corrections) = Read(ImportBench.Movie(1, "Movie", json =>
        {
            json["overview"] = string.Concat(Enumerable.Repeat("😀", 20_000));
            json["keywords"] = new JsonObject
            {
                ["keywords"] = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => new JsonObject { ["name"] = $"keyword {i}" })]),
            };
        }));

        Assert.Equal(2, corrections.Count);
        Assert.InRange(movie.Overview!.Length, 9_000, 10_000);
        Assert.False(char.IsHighSurrogate(movie.Overview[^1]));
        Assert.Equal(200, movie.Keywords!.Length);
    }

    [Fact]
    public void The_sample_is_told_apart() => Assert.Equal(MovieRank.Sample, Read(ImportBench.SampleMovie(1, "Movie")).Movie.Rank);

    private static string With(string field, string value) => ImportBench.Movie(1, "Movie", movie => movie[field] = JsonNode.Parse(value));

    private static JsonObject Translations(params (string Language, string Region, string Title, string Overview)[] translations) => new()
    {
        ["translations"] = new JsonArray([.. translations.Select(translation => new JsonObject
        {
            ["iso_639_1"] = translation.Language,
            ["iso_3166_1"] = translation.Region,
            ["data"] = new JsonObject { ["title"] = translation.Title, ["overview"] = translation.Overview },
        })]),
    };

    private static (MovieRecord Movie, List<string> Corrections) Read(string json)
    {
        var corrections = new List<string>();
        var (movie, rejection) = MovieReader.Read(Encoding.UTF8.GetBytes(json), corrections.Add);
        Assert.Null(rejection);
        return (movie!, corrections);
    }
}
