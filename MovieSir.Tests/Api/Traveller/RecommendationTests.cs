using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>From what a traveller has time for to a set, and what becomes of it.</summary>
public sealed class RecommendationTests(TestServers servers) : TravellerTest(servers)
{
    [Fact]
    public async Task A_guest_gets_two_sets_through_the_partner_API_with_the_surfaces_own_key()
    {
        var browser = Open();

        var answer = await RecommendAsync(browser);

        Assert.Equal([101, 102], Ids(answer.GetProperty("track_a").GetProperty("movies")));
        Assert.Equal([103], Ids(answer.GetProperty("track_b").GetProperty("movies")));
        Assert.Equal("취향 맞춤", answer.GetProperty("track_a").GetProperty("label").GetProperty("ko").GetString());
        var movie = answer.GetProperty("track_a").GetProperty("movies")[0];
        Assert.Equal("subscription", movie.GetProperty("otts")[0].GetProperty("payment_type").GetString());
        await LogRowsAsync(2); // with the one that tries fifteen minutes more
        Assert.Equal("MovieSir", await ScalarAsync<string>("""
            SELECT DISTINCT companies.name FROM b2b.request_log JOIN b2b.companies USING (company_id) WHERE endpoint = '/v1/recommend'
            """));
        Assert.Equal(
            await ScalarAsync<string>("SELECT replace(traveller_id::text, '-', '') FROM b2c.travellers"),
            await ScalarAsync<string>("SELECT DISTINCT client_user_id FROM b2b.request_log"));
    }

    [Fact]
    public async Task Seen_and_not_for_me_are_never_answered_and_a_click_excludes_nothing()
    {
        var browser = Open();
        using (await browser.PutAsync("/movies/104/watched", new { rating = 5 }))
        using (await browser.PutAsync("/movies/105/watched", new { rating = 1.5 }))
        using (await browser.PutAsync("/movies/106/not-for-me"))
        using (await browser.PostAsync("/movies/102/play", new { provider_id = 8 }))
        {
            await RecommendAsync(browser);
        }

        var body = Asked("/recommend")[0];
        Assert.Equal([104], Ints(body, "user_movie_ids"));
        Assert.Equal([105, 106], Ints(body, "negative_movie_ids").Order());
        Assert.Equal([104, 105, 106], Ints(body, "excluded_ids_a").Order());
        Assert.False(body.GetProperty("allow_adult").GetBoolean());
    }

    [Fact]
    public async Task What_was_shown_lately_comes_again_only_where_the_time_is_not_filled_without_it()
    {
        var browser = Open();
        await RecommendAsync(browser);
        var before = Asked("/recommend").Count;
        Inference.Behave(context => InferenceStandIn.AnswerTracksAsync(context, [101], [], fillsTime: false));

        await RecommendAsync(browser);

        var asked = Asked("/recommend").Skip(before).ToList();
        Assert.Equal([101, 102, 103], Ints(asked[0], "excluded_ids_a").Order());
        Assert.Empty(Ints(asked[1], "excluded_ids_a"));
    }

    [Fact]
    public async Task The_time_of_breaks_and_margin_is_kept_free()
    {
        var browser = Open();

        await browser.JsonAsync(browser.PostAsync(
            "/recommendation/recommend", new { available_time = 240, break_minutes = 20, margin_minutes = 10 }));

        // 230 at first; then, with two movies and so one break, 210.
        Assert.Equal([230, 210], Asked("/recommend").Take(2).Select(body => body.GetProperty("available_time").GetInt32()));
    }

    [Fact]
    public async Task Genres_and_services_are_named_by_name_or_id_and_a_mood_by_its_words()
    {
        var browser = Open();

        await browser.JsonAsync(browser.PostAsync(
            "/recommendation/recommend",
            new { runtime_limit = 200, genres = new[] { "18", "코미디" }, provider_ids = new[] { 8 }, mood = "비 오는 날", exclude_adult = false }));

        var body = Asked("/recommend")[0];
        Assert.Equal(["Drama", "Comedy"], body.GetProperty("preferred_genres").EnumerateArray().Select(genre => genre.GetString()));
        Assert.Equal(["Netflix"], body.GetProperty("preferred_otts").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([201, 202, 203], Ints(body, "user_movie_ids"));
        Assert.True(body.GetProperty("allow_adult").GetBoolean());
    }

    [Fact]
    public async Task Hints_say_what_was_tried_and_would_fill_the_time()
    {
        Inference.Behave(async context =>
        {
            var minutes = JsonDocument.Parse(Inference.Calls.Last().Body).RootElement.GetProperty("available_time").GetInt32();
            await InferenceStandIn.AnswerTracksAsync(context, [101], [102], fillsTime: minutes >= 230);
        });
        var browser = Open();

        var hints = (await RecommendAsync(browser)).GetProperty("hints").EnumerateArray().ToList();

        var hint = Assert.Single(hints);
        Assert.Equal(("more_minutes", 30), (hint.GetProperty("kind").GetString(), hint.GetProperty("minutes").GetInt32()));
    }

    [Theory]
    [InlineData("{}", "available_time")]
    [InlineData("{\"available_time\":19}", "available_time")]
    [InlineData("{\"available_time\":1441}", "available_time")]
    [InlineData("{\"available_time\":60,\"runtime_limit\":60}", "runtime_limit")]
    [InlineData("{\"available_time\":60,\"margin_minutes\":50}", "margin_minutes")]
    [InlineData("{\"available_time\":60,\"genres\":[\"Nonsense\"]}", "genres[0]")]
    [InlineData("{\"available_time\":60,\"provider_ids\":[4711]}", "provider_ids")]
    [InlineData("{\"available_time\":60,\"break_minutes\":61}", "break_minutes")]
    [InlineData("{\"available_time\":60,\"mood\":\"\"}", "mood")]
    public async Task What_is_wrong_is_named_by_field(string body, string field)
    {
        var browser = Open();

        using var response = await browser.PostAsync("/recommendation/recommend", JsonDocument.Parse(body).RootElement);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_failing_engine_is_an_error_and_never_an_empty_answer()
    {
        var browser = await GuestAsync();
        Inference.Fail(500);
        using (var failed = await browser.PostAsync("/recommendation/recommend", new { available_time = 200 }))
        {
            await failed.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE");
        }

        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.recommendation_sessions"));
        var hurried = await StartAsync("--Inference:AttemptTimeoutMilliseconds=100");
        Inference.Hang();
        using var late = await browser.At(hurried).PostAsync("/recommendation/recommend", new { available_time = 200 });
        await late.ProblemAsync(HttpStatusCode.GatewayTimeout, "AI_SERVICE_TIMEOUT");
    }

    [Fact]
    public async Task Time_that_no_movie_fits_is_answered_with_empty_sets()
    {
        Inference.Behave(context => InferenceStandIn.AnswerTracksAsync(context, [], [], fillsTime: false));
        var browser = Open();

        var answer = await RecommendAsync(browser);

        Assert.Empty(Ids(answer.GetProperty("track_a").GetProperty("movies")));
        Assert.False(answer.GetProperty("track_a").GetProperty("fills_time").GetBoolean());
    }

    [Fact]
    public async Task A_swap_answers_a_movie_that_the_session_has_not_shown_and_is_there_when_it_is_opened_again()
    {
        var browser = Open();
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();

        var swapped = await browser.JsonAsync(browser.PostAsync(
            "/recommendation/single", new { session_id = session, track = "a",
                target_runtime = 100, source_movie_id = 102, excluded_ids = new[] { 110 } }));

        Assert.Equal(104, swapped.GetProperty("movie").GetProperty("movie_id").GetInt32());
        Assert.Equal([101, 102, 103, 110], Ints(Asked("/recommend_single")[0], "excluded_ids").Order());
        var opened = await browser.JsonAsync(browser.GetAsync($"/recommendation/sessions/{session}"));
        Assert.Equal([101, 104], Ids(opened.GetProperty("result").GetProperty("track_a").GetProperty("movies")));
        Inference.Behave(context => InferenceStandIn.ProblemAsync(context, 404, "NO_MATCH"));
        using var none = await browser.PostAsync("/recommendation/single", new { session_id = session, track = "a", target_runtime = 100 });
        await none.ProblemAsync(HttpStatusCode.NotFound, "NO_MATCH");
    }

    [Fact]
    public async Task Locked_movies_stay_and_the_rest_of_the_time_is_filled_with_others()
    {
        var browser = Open();
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();
        var before = Asked("/recommend").Count;
        Inference.Behave(context => InferenceStandIn.AnswerTracksAsync(context, [107], [108]));

        var filled = await browser.JsonAsync(browser.PostAsync(
            "/recommendation/fill", new { session_id = session, track = "a", locked_ids = new[] { 102 } }));

        Assert.Equal([102, 107], Ids(filled.GetProperty("track").GetProperty("movies")));
        Assert.Equal(180, filled.GetProperty("track").GetProperty("total_runtime").GetInt32());
        Assert.True(filled.GetProperty("track").GetProperty("fills_time").GetBoolean());
        var asked = Asked("/recommend")[before];
        Assert.Equal(110, asked.GetProperty("available_time").GetInt32());
        Assert.Superset(new HashSet<int> { 101, 102, 103 }, Ints(asked, "excluded_ids_a").ToHashSet());
        using var foreign = await browser.PostAsync("/recommendation/fill", new { session_id = session, track = "a", locked_ids = new[] { 110 } });
        await foreign.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_plan_is_kept_in_its_order_and_a_stranger_reads_it_by_its_link_alone()
    {
        var browser = Open();
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();
        var start = DateTimeOffset.UtcNow.AddHours(1);
        using (var kept = await browser.PutAsync(
            $"/recommendation/sessions/{session}", new { track = "a", movie_ids = new[] { 102, 101 }, starts_at = start }))
        {
            Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        }

        var share = await browser.JsonAsync(browser.PostAsync($"/recommendation/sessions/{session}/share"));
        var id = share.GetProperty("share_id").GetString();
        Assert.Equal($"http://demo.localhost:8080/s/{id}", share.GetProperty("url").GetString());
        var again = await browser.JsonAsync(browser.PostAsync($"/recommendation/sessions/{session}/share"));
        Assert.Equal(id, again.GetProperty("share_id").GetString());

        var stranger = Open();
        var plan = await stranger.JsonAsync(stranger.GetAsync($"/recommendation/shared/{id}"));
        Assert.Equal([102, 101], Ids(plan.GetProperty("movies")));
        Assert.DoesNotContain(
            await ScalarAsync<string>("SELECT traveller_id::text FROM b2c.travellers"), plan.GetRawText(), StringComparison.OrdinalIgnoreCase);
        using var page = await stranger.GetAsync($"/s/{id}");
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("og:title\" content=\"3시간 20분에 딱 맞는 영화 2편\"", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains($"url=/plan/{id}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);

        using (await browser.DeleteAsync($"/recommendation/sessions/{session}/share"))
        using (var gone = await stranger.GetAsync($"/recommendation/shared/{id}"))
        {
            await gone.ProblemAsync(HttpStatusCode.NotFound, "SESSION_NOT_FOUND");
        }
    }

    [Fact]
    public async Task Another_travellers_session_is_as_one_that_is_not_there()
    {
        var owner = Open();
        var session = (await RecommendAsync(owner)).GetProperty("session_id").GetGuid();
        var other = await GuestAsync();
        foreach (var id in new[] { session, Guid.NewGuid() })
        {
            foreach (var sending in new[]
            {
                other.GetAsync($"/recommendation/sessions/{id}"), other.DeleteAsync($"/recommendation/sessions/{id}"),
                other.PutAsync($"/recommendation/sessions/{id}", new { track = "a", movie_ids = new[] { 101 } }),
                other.PostAsync($"/recommendation/sessions/{id}/share"), other.DeleteAsync($"/recommendation/sessions/{id}/share"),
                other.PostAsync("/recommendation/single", new { session_id = id, track = "a", target_runtime = 90 }),
                other.PostAsync("/recommendation/fill", new { session_id = id, track = "a", locked_ids = new[] { 101 } }),
                Open().GetAsync($"/recommendation/sessions/{id}"),
            })
            {
                using var response = await sending;
                await response.ProblemAsync(HttpStatusCode.NotFound, "SESSION_NOT_FOUND");
            }
        }

        using (await other.PostAsync($"/movies/{Movie}/play", new { provider_id = 8, session_id = session }))
        {
            Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.provider_clicks WHERE session_id IS NOT NULL"));
        }

        Assert.Equal(1, (await owner.JsonAsync(owner.GetAsync("/recommendation/sessions"))).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_traveller_has_so_many_recommendations_a_minute_on_all_replicas_together()
    {
        var (first, second) =
            (await StartAsync("--Traveller:RecommendationsPerMinute=2"), await StartAsync("--Traveller:RecommendationsPerMinute=2"));
        var browser = Open(first);
        await RecommendAsync(browser);
        await RecommendAsync(browser.At(second));

        using var refused = await browser.PostAsync("/recommendation/recommend", new { available_time = 200 });

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS");
        await RecommendAsync(Open(first)); // another's minute is their own
    }

    private IReadOnlyList<JsonElement> Asked(string path) =>
        [.. Inference.Calls.Where(call => call.Path == path).Select(call => JsonDocument.Parse(call.Body).RootElement)];

    private static int[] Ints(JsonElement body, string name) => [.. body.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
