using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>What a traveller has watched: lists, numbers, and histories of other services.</summary>
public sealed class HistoryTests(TestServers servers) : AccountTest(servers)
{
    [Fact]
    public async Task Watched_movies_are_searched_ordered_and_paged()
    {
        var browser = Open(First);
        foreach (var (id, rating, day) in new[] { (101, 3.5, "2026-01-05"), (102, 5.0, "2026-03-01"), (103, 1.0, "2026-02-01") })
        {
            using (await browser.PutAsync($"/movies/{id}/watched", new { rating, watched_on = day }))
            {
            }
        }

        await ListsAsync(browser, "", 102, 103, 101);
        await ListsAsync(browser, "?sort=rating", 102, 101, 103);
        await ListsAsync(browser, "?sort=title", 101, 102, 103);
        await ListsAsync(browser, "?limit=1&offset=1", 103);
        await ListsAsync(browser, "?min_rating=3", 102, 101);
        await ListsAsync(browser, "?q=" + Uri.EscapeDataString("영화１０２"), 102);
        await ListsAsync(browser, "?q=MOVIE%20102", 102);
        await ListsAsync(browser, "?q=%25"); // what SQL takes for any text is none
        await ListsAsync(Open(First), "");
        foreach (var wrong in new[] { "limit=0", "sort=worst", "min_rating=9" })
        {
            using var bad = await browser.GetAsync("/mypage/watched?" + wrong);
            await bad.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }
    }

    [Fact]
    public async Task Statistics_are_sums_of_what_was_watched()
    {
        var browser = Open(First);
        foreach (var (id, rating, day) in new[] { (101, 4.0, "2026-01-05"), (102, 5.0, "2026-01-09"), (110, 3.0, "2026-02-01") })
        {
            using (await browser.PutAsync($"/movies/{id}/watched", new { rating, watched_on = day }))
            {
            }
        }

        var all = await browser.JsonAsync(browser.GetAsync("/mypage/statistics"));

        Assert.Equal((3, 270), (all.GetProperty("watched").GetInt32(), all.GetProperty("minutes").GetInt32()));
        Assert.Equal(4, all.GetProperty("mean_rating").GetDouble());
        Assert.Equal([(35, 3), (18, 1)], all.GetProperty("genres").EnumerateArray()
            .Select(genre => (genre.GetProperty("id").GetInt32(), genre.GetProperty("count").GetInt32())));
        Assert.Equal([("2026-01", 2), ("2026-02", 1)], all.GetProperty("months").EnumerateArray()
            .Select(month => (month.GetProperty("month").GetString()!, month.GetProperty("count").GetInt32())));
        Assert.Equal([(2000, 2), (2010, 1)], all.GetProperty("decades").EnumerateArray()
            .Select(decade => (decade.GetProperty("decade").GetInt32(), decade.GetProperty("count").GetInt32())));
        Assert.Equal([3, 4, 5], all.GetProperty("ratings").EnumerateArray().Select(rating => rating.GetProperty("rating").GetDouble()));
        Assert.Equal(0, (await Open(First).JsonAsync(Open(First).GetAsync("/mypage/statistics"))).GetProperty("watched").GetInt32());
    }

    [Fact]
    public async Task Letterboxds_diary_is_matched_by_title_and_year_as_search_compares_names()
    {
        var browser = await TravellerAsync();
        var known = await browser.PutAsync("/movies/103/watched", new { rating = 2 });
        Assert.Equal(HttpStatusCode.NoContent, known.StatusCode);
        const string csv = """"
            Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
            2026-02-03,MOVIE  101!,2001,https://boxd.it/1,4.5,,"a, ""b""",2026-02-02
            2026-02-05,Movie 101,2002,https://boxd.it/1,3,Yes,,2026-02-04
            2026-02-03,영화103,,https://boxd.it/3,5,,,2026-02-01
            2026-02-03,Movie 102,1950,https://boxd.it/2,5,,,
            2026-02-03,"No such, movie",1999,https://boxd.it/4,1,,,2026-02-01
            """";

        var answer = await ImportAsync(browser, "letterboxd", csv);

        Assert.Equal((5, 3, 1, 1, 2), Numbers(answer));
        Assert.Equal([(5, "Movie 102"), (6, "No such, movie")], answer.GetProperty("unmatched").EnumerateArray()
            .Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("title").GetString()!)));
        var watched = (await browser.JsonAsync(browser.GetAsync("/mypage/watched"))).GetProperty("movies").EnumerateArray()
            .ToDictionary(movie => movie.GetProperty("movie_id").GetInt32());
        Assert.Equal((3.0, "2026-02-04"), (watched[101].GetProperty("rating").GetDouble(), watched[101].GetProperty("watched_on").GetString()));
        Assert.Equal(2, watched[103].GetProperty("rating").GetDouble()); // what was said before stays
        Assert.Equal((5, 3, 0, 2, 2), Numbers(await ImportAsync(browser, "letterboxd", csv))); // again changes nothing
    }

    [Fact]
    public async Task Ids_of_TMDB_and_IMDb_come_before_titles()
    {
        var browser = await TravellerAsync();

        var answer = await ImportAsync(browser, "letterboxd", "tmdbID,imdbID,Title,Year,Rating10\r\n105,,Movie 101,2001,9\r\n,tt0000106,,,\r\n");

        Assert.Equal((2, 2, 2, 0, 0), Numbers(answer));
        await ListsAsync(browser, "?sort=title", 105, 106);
    }

    [Fact]
    public async Task Trakts_history_and_ratings_are_read_and_episodes_left_out()
    {
        var browser = await TravellerAsync();
        const string json = """
            [{"id":1,"watched_at":"2025-12-31T23:30:00.000Z","action":"watch","type":"movie",
              "movie":{"title":"Whatever","year":2001,"ids":{"trakt":9,"imdb":"tt0000104","tmdb":null}}},
             {"rated_at":"2026-01-01T00:00:00Z","rating":7,"type":"movie","movie":{"title":"x","year":1,"ids":{"tmdb":104}}},
             {"id":2,"type":"episode","episode":{"title":"Pilot"},"show":{"title":"A show"}},
             {"movie":{"title":"Unknown","year":2020,"ids":{"tmdb":999999999}}}, 5, {"movie":[]}]
            """;

        var answer = await ImportAsync(browser, "trakt", json);

        Assert.Equal((3, 2, 1, 0, 1), Numbers(answer));
        var movie = (await browser.JsonAsync(browser.GetAsync("/mypage/watched"))).GetProperty("movies")[0];
        Assert.Equal((104, 3.5, "2025-12-31"), (
            movie.GetProperty("movie_id").GetInt32(), movie.GetProperty("rating").GetDouble(), movie.GetProperty("watched_on").GetString()));
    }

    [Theory]
    [InlineData("letterboxd", "a,b\n1,2")]
    [InlineData("letterboxd", "\n\n")]
    [InlineData("trakt", "{\"a\":1}")]
    [InlineData("trakt", "no json")]
    public async Task A_file_of_another_kind_is_named_as_such(string source, string text)
    {
        var browser = await TravellerAsync();

        using var response = await browser.PostAsync("/mypage/import", new { source, text });

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        Assert.True(problem.GetProperty("errors").TryGetProperty("text", out _));
    }

    [Fact]
    public async Task A_history_of_eleven_megabytes_is_taken_and_a_larger_one_refused()
    {
        var browser = await TravellerAsync();
        var line = "2026-02-03,\"" + new string('x', 400) + "\",2001,,,,,\n";
        var text = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n" + string.Concat(Enumerable.Repeat(line, 25_000));
        Assert.InRange(text.Length, 10_000_000, 12_000_000);

        Assert.Equal((25_000, 0, 0, 0, 25_000), Numbers(await ImportAsync(browser, "letterboxd", text)));

        using var larger = await browser.SendAsync(
            HttpMethod.Post, "/mypage/import", new { source = "letterboxd", text = text + text }, headers => headers.ExpectContinue = true);
        await larger.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task Exports_and_imports_are_so_many_an_hour()
    {
        var api = await StartAsync([.. Mail.Settings, "--Traveller:HistoriesPerHour=2"]);
        var browser = (await TravellerAsync()).At(api);
        await browser.JsonAsync(browser.GetAsync("/mypage/export"));
        await ImportAsync(browser, "trakt", "[]");

        using var third = await browser.GetAsync("/mypage/export");

        await third.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS");
    }

    private async Task<Browser> TravellerAsync()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "history@example.com", "기록");
        return browser;
    }

    private static Task<JsonElement> ImportAsync(Browser browser, string source, string text) =>
        browser.JsonAsync(browser.PostAsync("/mypage/import", new { source, text }));

    private static async Task ListsAsync(Browser browser, string query, params int[] expected) =>
        Assert.Equal(expected, Ids((await browser.JsonAsync(browser.GetAsync("/mypage/watched" + query))).GetProperty("movies")));

    private static (int Read, int Matched, int Added, int Known, int Unmatched) Numbers(JsonElement answer)
    {
        int Of(string name) => answer.GetProperty(name).GetInt32();
        return (Of("read"), Of("matched"), Of("added"), Of("already_there"), Of("unmatched_count"));
    }
}
