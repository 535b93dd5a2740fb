using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

public sealed class MovieTests(TestServers servers) : TravellerTest(servers)
{
    [Fact]
    public async Task A_movie_shows_both_languages_its_offers_and_whose_data_it_is()
    {
        var browser = Open();

        var page = await browser.JsonAsync(browser.GetAsync($"/movies/{Movie}"));

        var info = page.GetProperty("info");
        Assert.Equal(("Movie 101", "영화 101", 2001),
            (info.GetProperty("title").GetString(), info.GetProperty("title_ko").GetString(), info.GetProperty("year").GetInt32()));
        Assert.Equal(["드라마", "코미디"], info.GetProperty("genres").EnumerateArray().Select(genre => genre.GetProperty("name_ko").GetString()));
        var offers = page.GetProperty("otts").EnumerateArray().ToList();
        Assert.Equal(["subscription", "rent"], offers.Select(offer => offer.GetProperty("payment_type").GetString()));
        Assert.All(offers, offer => Assert.StartsWith("https://", offer.GetProperty("url").GetString(), StringComparison.Ordinal));
        Assert.Equal(["TMDB", "JustWatch"], page.GetProperty("attribution").EnumerateArray().Select(source => source.GetString()));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("mine").ValueKind);
    }

    [Fact]
    public async Task Whoever_leaves_while_a_public_answer_is_made_takes_nobody_along()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "LOCK TABLE catalog.providers IN ACCESS EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync(Token);
        }

        using var leaves = new CancellationTokenSource();
        var path = new Uri("/onboarding/providers", UriKind.Relative);
        var first = Api.Client.GetAsync(path, leaves.Token);
        await Task.Delay(200, Token);
        var second = Api.Client.GetAsync(path, Token);
        await Task.Delay(200, Token);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Task.Delay(200, Token);
        await transaction.RollbackAsync(Token);

        using var answer = await second;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_first_name_of_a_movie_still_leads_to_it()
    {
        var browser = Open();

        Assert.Equal(
            (await browser.JsonAsync(browser.GetAsync($"/movies/{Movie}"))).GetRawText(),
            (await browser.JsonAsync(browser.GetAsync($"/api/movies/{Movie}"))).GetRawText());
    }

    [Fact]
    public async Task Seen_and_not_for_me_are_kept_and_undone()
    {
        var browser = Open();
        foreach (var _ in Enumerable.Range(0, 2)) // as often as one likes
        {
            using var watched = await browser.PutAsync($"/movies/{Movie}/watched", new { rating = 4.5, watched_on = "2026-01-02" });
            using var rejected = await browser.PutAsync($"/movies/{Movie}/not-for-me");
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (watched.StatusCode, rejected.StatusCode));
        }

        using var again = await browser.PutAsync($"/movies/{Movie}/watched", new { });
        Assert.Equal("""{"watched":true,"rating":4.5,"not_for_me":true}""", await MineAsync(browser));

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var unwatched = await browser.DeleteAsync($"/movies/{Movie}/watched");
            using var unrejected = await browser.DeleteAsync($"/movies/{Movie}/not-for-me");
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (unwatched.StatusCode, unrejected.StatusCode));
        }

        Assert.Equal("""{"watched":false,"rating":null,"not_for_me":false}""", await MineAsync(browser));
    }

    [Theory]
    [InlineData("{\"rating\":0.3}")]
    [InlineData("{\"rating\":4.2}")]
    [InlineData("{\"rating\":5.5}")]
    [InlineData("{\"rating\":\"4\"}")]
    [InlineData("{\"watched_on\":\"2199-01-01\"}")]
    public async Task A_rating_is_half_stars_from_one_half_to_five(string body)
    {
        var browser = Open();

        using var response = await browser.PutAsync($"/movies/{Movie}/watched", JsonDocument.Parse(body).RootElement);

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task What_the_catalog_lacks_is_not_found()
    {
        var browser = await GuestAsync();
        foreach (var sending in new[]
        {
            browser.GetAsync("/movies/999999"), browser.PutAsync("/movies/999999/watched", new { }), browser.PutAsync("/movies/999999/not-for-me"),
        })
        {
            using var response = await sending;
            await response.ProblemAsync(HttpStatusCode.NotFound, "MOVIE_NOT_FOUND");
        }
    }

    [Fact]
    public async Task A_click_leads_to_the_catalogs_own_address_and_excludes_nothing()
    {
        var browser = Open();
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();

        var answer = await browser.JsonAsync(browser.PostAsync($"/movies/{Movie}/play", new { provider_id = 8, session_id = session }));

        Assert.Equal($"https://www.themoviedb.org/movie/{Movie}/watch?locale=KR", answer.GetProperty("redirect_url").GetString());
        Assert.Equal(session, await ScalarAsync<Guid>("SELECT session_id FROM b2c.provider_clicks"));
        Assert.Equal("""{"watched":false,"rating":null,"not_for_me":false}""", await MineAsync(browser));
        using var without = await browser.PostAsync("/movies/103/play", new { provider_id = 8 });
        await without.ProblemAsync(HttpStatusCode.NotFound, "LINK_NOT_FOUND");
    }

    [Fact]
    public async Task A_search_shows_cards_in_the_order_in_which_they_were_found()
    {
        Inference.Behave(context => InferenceStandIn.AnswerMoviesAsync(context, 105, 103, 999, 101));
        var browser = Open();

        var found = await browser.JsonAsync(browser.PostAsync("/movies/search", new { query = "비 오는 날 잔잔한", k = 2 }));

        Assert.Equal([105, 103], Ids(found.GetProperty("movies")));
        Assert.Equal("meaning", found.GetProperty("matched_by").GetString());
    }

    [Fact]
    public async Task Onboarding_keeps_what_was_chosen_last()
    {
        var browser = Open();
        foreach (var (path, body) in new (string, object)[]
        {
            ("/onboarding/ott", new { provider_ids = new[] { 8 } }), ("/onboarding/ott", new { provider_ids = new[] { 97, 4711 } }),
            ("/onboarding/survey", new { movie_ids = new[] { 101, 102 } }), ("/onboarding/survey", new { movie_ids = new[] { 102, 103, 999 } }),
        })
        {
            using var response = await browser.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        var state = await browser.JsonAsync(browser.GetAsync("/onboarding"));

        Assert.Equal("""{"completed":true,"provider_ids":[97],"movie_ids":[102,103],"reminder_due":false}""", state.GetRawText());
    }

    [Fact]
    public async Task Skipping_keeps_what_was_picked_and_a_reminder_waits_a_day()
    {
        var browser = Open();
        using (await browser.PostAsync("/onboarding/ott", new { provider_ids = new[] { 8 } }))
        {
            Assert.False((await browser.JsonAsync(browser.GetAsync("/onboarding"))).GetProperty("reminder_due").GetBoolean());
        }

        await ExecuteAsync("UPDATE b2c.travellers SET created_at = now() - interval '25 hours'");
        Assert.True((await browser.JsonAsync(browser.GetAsync("/onboarding"))).GetProperty("reminder_due").GetBoolean());
        await browser.JsonAsync(browser.PostAsync("/onboarding/skip"));

        Assert.Equal(
            """{"completed":true,"provider_ids":[8],"movie_ids":[],"reminder_due":false}""",
            (await browser.JsonAsync(browser.GetAsync("/onboarding"))).GetRawText());
    }

    [Fact]
    public async Task A_seed_shows_the_same_movies_of_the_moods_again_and_none_twice()
    {
        var browser = Open();

        var first = await browser.JsonAsync(browser.GetAsync("/onboarding/survey/movies?seed=7"));
        var second = await browser.JsonAsync(browser.GetAsync("/onboarding/survey/movies?seed=7"));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        var movies = first.GetProperty("moods").EnumerateArray()
            .Select(mood => mood.GetProperty("movie").GetProperty("movie_id").GetInt32()).ToList();
        Assert.NotEmpty(movies);
        Assert.Equal(movies.Distinct(), movies);
    }

    private static async Task<string> MineAsync(Browser browser) =>
        (await browser.JsonAsync(browser.GetAsync($"/movies/{Movie}"))).GetProperty("mine").GetRawText();
}
