using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MovieSir.Inference.Offline.Import.Movies;

namespace MovieSir.Tests.Inference.Offline.Import.Movies;

// long: a third of it are the values that fields may have.
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
        Assert.Equal((new DateOnly(1999, 3, 31), (short)100, 7.5f, 1000, 12.5f),
            (movie.ReleaseDate, movie.RuntimeMinutes, movie.VoteAverage, movie.VoteCount, movie.Popularity));
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
    [InlineData("genres", "[{\"name\": \"Kaiju\"}]")]
    [InlineData("genres", "[null]")]
    [InlineData("genres", "{}")]
    [InlineData("genres", "true")]
    [InlineData("genres", "\"Kaiju\"")]
    [InlineData("runtime", "\"long\"")]
    [InlineData("runtime", "[95]")]
    [InlineData("runtime", "{\"minutes\": 95}")]
    [InlineData("vote_count", "\"1,234\"")]
    [InlineData("vote_count", "2147483647")]
    [InlineData("vote_average", "\"7,8\"")]
    [InlineData("popularity", "\"NaN\"")]
    [InlineData("popularity", "true")]
    [InlineData("adult", "2")]
    [InlineData("adult", "\"perhaps\"")]
    [InlineData("release_date", "19990331")]
    [InlineData("poster_path", "false")]
    [InlineData("imdb_id", "[]")]
    [InlineData("keywords", "[]")]
    [InlineData("keywords", "true")]
    [InlineData("translations", "[]")]
    [InlineData("translations", "{\"translations\": true}")]
    [InlineData("watch/providers", "[]")]
    [InlineData("watch/providers", "{\"results\": []}")]
    [InlineData("watch/providers", "{\"results\": {\"KR\": []}}")]
    [InlineData("watch/providers", "{\"results\": {\"KR\": {\"flatrate\": true}}}")]
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
            "genres" => movie.Genres,
            "adult" => movie.Adult,
            "keywords" => movie.Keywords,
            "translations" => movie.TitleKo,
            _ => movie.Availability,
        };
        Assert.Null(left);
    }

    [Theory]
    [InlineData("keywords", "[]", "keywords is not an object: left out")]
    [InlineData("translations", "[]", "translations is not an object: left out")]
    [InlineData("watch/providers", "{\"results\": []}", "watch/providers.results is not an object: left out")]
    [InlineData("watch/providers", "{\"results\": {\"KR\": 5}}", "watch/providers.results.KR is not an object: left out")]
    [InlineData("watch/providers", "{\"results\": {\"KR\": {\"rent\": true}}}", "watch/providers.results.KR.rent is not a list: left out")]
    [InlineData("vote_count", "\"many\"", "vote_count is not a number: left out")]
    [InlineData("adult", "2", "adult is neither true nor false: left out")]
    [InlineData("original_title", "{}", "original_title is not a text: left out")]
    [InlineData("original_language", "{}", "original_language is not a text: left out")]
    public void What_is_left_out_is_told_once_with_its_whole_path(string field, string value, string told) =>
        Assert.Equal([told], Read(With(field, value)).Corrections);

    [Theory]
    [InlineData("""{"id": 1, "title": "A", "runtime": 95, "vote_average": "7.8", "vote_count": "12", "popularity": " 3.5 "}""", "95|7.8|12|3.5||")]
    [InlineData("""{"id": "1", "title": "A", "runtime": "95.0", "adult": 0}""", "95||||False|")]
    [InlineData("""{"id": "1", "title": "A", "runtime": "９５", "adult": "1"}""", "95||||True|")]
    [InlineData("""{"id": 1.0, "title": "A", "runtime": "95 min", "adult": "False"}""", "95||||False|")]
    [InlineData("""{"id": 1, "title": "A", "runtime": "1h 35m", "genres": ["Drama", "Crime"]}""", "95|||||18,80")]
    [InlineData("""{"id": 1, "title": "A", "runtime": "PT1H35M", "genres": "Drama, Crime"}""", "95|||||18,80")]
    [InlineData("""{"id": 1, "title": "A", "runtime": "2시간", "genres": "드라마|ＳＣＩ－ＦＩ"}""", "120|||||18,878")]
    [InlineData("""{"id": 1, "title": "A", "runtime": "95분", "genre_ids": [18, "53", 4242]}""", "95|||||18,53,4242")]
    [InlineData("""{"id": 1, "title": "A", "genres": [], "genre_ids": "18, 53"}""", "|||||18,53")]
    [InlineData("""{"id": 1, "title": "A", "genres": [{"id": "18"}, {"name": "Crime"}, 53]}""", "|||||18,80,53")]
    [InlineData("""{"id": 1, "title": "A", "genres": {"id": 18, "name": "Drama"}}""", "|||||18")]
    [InlineData("""{"id": 1, "title": "A", "genres": "[{\"id\": 18, \"name\": \"Drama\"}]"}""", "|||||18")]
    [InlineData("""{"id": 1, "title": "A", "runtime": "", "vote_count": null, "adult": "", "genres": null}""", "|||||")]
    public void Fields_are_read_as_people_write_them(string json, string expected)
    {
        var (movie, corrections) = Read(json);

        Assert.Empty(corrections);
        var genres = string.Join(',', movie.Genres?.Select(genre => genre.GenreId) ?? []);
        Assert.Equal(
            expected, string.Create(
                CultureInfo.InvariantCulture,
                $"{movie.RuntimeMinutes}|{movie.VoteAverage}|{movie.VoteCount}|{movie.Popularity}|{movie.Adult}|{genres}"));
    }

    [Theory]
    [InlineData("""["heist", {"name": "robot"}]""")]
    [InlineData("\"heist, robot\"")]
    [InlineData("""{"keywords": [{"id": 1, "name": "heist"}, {"id": 2, "name": "robot"}]}""")]
    public void Keywords_are_read_as_people_write_them(string value) =>
        Assert.Equal(["heist", "robot"], Read(With("keywords", value)).Movie.Keywords!);

    [Theory]
    [InlineData("1999-03-31T00:00:00.000Z")]
    [InlineData("1999-03-31 00:00:00")]
    public void A_time_of_day_behind_a_date_is_no_fault(string date) =>
        Assert.Equal(new DateOnly(1999, 3, 31), Read(With("release_date", $"\"{date}\"")).Movie.ReleaseDate);

    [Fact]
    public void A_title_that_is_a_number_is_a_title() => Assert.Equal("1917", Read("""{"id": 530915, "title": 1917}""").Movie.Title);

    [Fact]
    public void Numbers_that_Python_writes_for_missing_ones_cost_only_themselves()
    {
        var (movie, corrections) = Read("""{"id": 1, "title": "NaN \"and\" Infinity", "runtime": NaN, "popularity": -Infinity, "vote_count": 3}""");

        Assert.Equal(("NaN \"and\" Infinity", null, null, 3), (movie.Title, movie.RuntimeMinutes, movie.Popularity, movie.VoteCount));
        Assert.Single(corrections);
    }

    [Fact]
    public void Lists_of_which_nothing_can_be_read_say_nothing_and_empty_lists_say_none()
    {
        var none = Read("""{"id": 1, "title": "A", "genres": [], "keywords": {"keywords": []}, "watch/providers": {"results": {}}}""").Movie;
        Assert.Equal((0, 0, 0), (none.Genres!.Count, none.Keywords!.Length, none.Availability!.Count));

        var nothing = Read(
            """{"id": 1, "title": "A", "genres": [{}], "keywords": [{}], "watch/providers": {"results": {"KR": {"rent": [{}]}}}}""").Movie;
        Assert.Equal((null, null, null), (nothing.Genres, nothing.Keywords, nothing.Availability));
    }

    [Fact]
    public void The_movies_of_a_page_of_a_list_are_read_one_by_one()
    {
        var read = MovieReader.ReadAll(
            """{"page": 1, "results": [{"id": 1, "title": "A"}, {"id": 2}, {"id": 3, "title": "C"}]}"""u8.ToArray(), _ => { });
        Assert.Equal(["A", "no title", "C"], read.Select(reading => reading.Movie?.Title ?? reading.Rejection));
    }

    /// <summary>Given or standing in, the title, and the Korean title.</summary>
    [Theory]
    [InlineData("""{"id": 1, "title": "Parasite", "original_title": "기생충", "original_language": "ko"}""", "given Parasite, 기생충")]
    [InlineData("""{"id": 1, "original_title": "기생충"}""", "stands in 기생충, 기생충")]
    [InlineData("""{"id": 1, "original_title": "Toy Story"}""", "stands in Toy Story, ")]
    [InlineData("""{"id": 1, "title": "기생충"}""", "stands in 기생충, 기생충")]
    [InlineData("""{"id": 1, "title": "센과 치히로", "original_title": "千と千尋の神隠し", "original_language": "ja"}""", "stands in 千と千尋の神隠し, 센과 치히로")]
    [InlineData("""{"id": 1, "title": "千と千尋の神隠し"}""", "stands in 千と千尋の神隠し, ")]
    [InlineData("""{"id": 1, "title": "La Haine", "original_title": "La Haine", "original_language": "fr"}""", "stands in La Haine, ")]
    [InlineData("""{"id": 1, "title": "La Haine", "original_title": "La Haine"}""", "given La Haine, ")]
    [InlineData("""{"id": 1, "title": "Toy Story", "original_title": "Toy Story", "original_language": "en"}""", "given Toy Story, ")]
    [InlineData("""{"id": 1, "title": "1917"}""", "given 1917, ")]
    public void A_record_says_whether_its_title_is_the_English_one(string json, string expected)
    {
        var (movie, _) = Read(json);
        Assert.Equal(expected, $"{(movie.TitleStandsIn ? "stands in" : "given")} {movie.Title}, {movie.TitleKo}");
    }

    [Theory]
    [InlineData("Amélie", "Amélie", false)]
    [InlineData("", "Le Fabuleux Destin d'Amélie Poulain", false)]
    public void Translations_say_what_the_English_title_is(string english, string expected, bool standsIn)
    {
        var (movie, _) = Read(ImportBench.Movie(194, "Le Fabuleux Destin d'Amélie Poulain", json =>
        {
            json["original_language"] = "fr";
            json["translations"] = Translations(("en", "US", english, ""));
        }));

        Assert.Equal((expected, standsIn), (movie.Title, movie.TitleStandsIn));
    }

    [Fact]
    public void Korean_with_its_letters_apart_is_Korean()
    {
        static string Apart(string text) => text.Normalize(NormalizationForm.FormD);
        var (movie, _) = Read(ImportBench.Movie(990031, Apart("푸른 등대의 밤"), json =>
        {
            json["overview"] = Apart("등대지기의 하루");
            json["keywords"] = new JsonArray(Apart("등대"));
            json["watch/providers"] = ImportBench.Offers("KR", "flatrate", (97, Apart("왓챠")));
            json["genres"] = new JsonArray(new JsonObject { ["id"] = 4242, ["name"] = Apart("느린 영화") });
        }));

        Assert.Equal(("푸른 등대의 밤", "등대지기의 하루", null), (movie.TitleKo, movie.OverviewKo, movie.Overview));
        Assert.True(movie.TitleStandsIn);
        Assert.Equal("등대", Assert.Single(movie.Keywords!));
        Assert.Equal("왓챠", Assert.Single(movie.Availability!).ProviderName);
        Assert.Equal("느린 영화", Assert.Single(movie.Genres!).Name);
    }

    [Theory]
    [InlineData("""{"title": "No id"}""", "no id")]
    [InlineData("""{"id": 0, "title": "Zero"}""", "id is not a positive integer")]
    [InlineData("""{"id": 1.5, "title": "Half"}""", "id is not a positive integer")]
    [InlineData("""{"id": 3000000000, "title": "Large"}""", "id is not a positive integer")]
    [InlineData("""{"id": 1}""", "no title")]
    [InlineData("""{"id": 1, "title": " \u0000 "}""", "no title")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"id": null, "title": "No id"}""", "no id")]
    [InlineData("""{"id": "tt0114709", "title": "IMDb's"}""", "id is not a positive integer")]
    [InlineData("""{"id": [1], "title": "List"}""", "id is not a positive integer")]
    [InlineData("""{"id": 1, "title": " \u200b\ufeff\u001b "}""", "no title")]
    [InlineData("""{"id": 1, "title": ["List"]}""", "no title")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "Cut""", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "NaN", "runtime": NAN}""", "not valid JSON")]
    [InlineData("""{"id": 1, "title": "half a pair \ud800"}""", "no title")]
    public void A_line_that_is_no_movie_is_refused_with_a_reason(string line, string reason)
    {
        var (movie, rejection) = MovieReader.Read(Encoding.UTF8.GetBytes(line), _ => { });
        Assert.Null(movie);
        Assert.Equal(reason, rejection);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var (movie, rejection) = MovieReader.Read(
            Encoding.UTF8.GetBytes($$"""{"id": 1, "title": "Deep", "x": {{new string('[', 5000)}}"""), _ => { });
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
