using System.Net;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>Thumbs for movies of sets that have ended.</summary>
public sealed class SatisfactionTests(TestServers servers) : TravellerTest(servers)
{
    // At 20:00 in UTC it is the next day in Seoul.
    private const string EndedAt = "date_trunc('day', now() AT TIME ZONE 'UTC') - interval '28 hours'";

    [Fact]
    public async Task The_movies_of_an_ended_set_are_asked_about_one_by_one()
    {
        var browser = Open();
        var session = await EndedAsync(browser);
        await AsksAsync(browser, 101, 102);

        await JudgeAsync(browser, session, 101, true, HttpStatusCode.NoContent);

        await AsksAsync(browser, 102);
        var me = await browser.MeAsync();
        Assert.Equal(1, me.GetProperty("counts").GetProperty("watched").GetInt32()); // whoever judges it has seen it
        Assert.True(await ScalarAsync<bool>($"SELECT watched_on = ({EndedAt} + interval '4 hours')::date FROM b2c.watched_movies")); // Seoul's day
    }

    [Fact]
    public async Task A_thumb_can_be_turned_and_taken_back_with_all_that_it_did()
    {
        var browser = Open();
        var session = await EndedAsync(browser);
        await JudgeAsync(browser, session, 101, true, HttpStatusCode.NoContent);
        await JudgeAsync(browser, session, 101, false, HttpStatusCode.NoContent);
        Assert.False(await ScalarAsync<bool>("SELECT is_positive FROM b2c.satisfactions"));

        using (var undone = await browser.DeleteAsync($"/recommendation/satisfaction?session_id={session}&movie_id=101"))
        {
            Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        }

        await AsksAsync(browser, 101, 102);
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.watched_movies"));
    }

    [Fact]
    public async Task Taking_a_thumb_back_keeps_what_was_said_elsewhere()
    {
        var browser = Open();
        var session = await EndedAsync(browser);
        using (await browser.PutAsync("/movies/101/watched", new { rating = 4 }))
        {
            await JudgeAsync(browser, session, 101, true, HttpStatusCode.NoContent);
        }

        using (await browser.DeleteAsync($"/recommendation/satisfaction?session_id={session}&movie_id=101"))
        {
            Assert.Equal(8, await ScalarAsync<short>("SELECT half_stars FROM b2c.watched_movies"));
        }
    }

    [Fact]
    public async Task One_thumb_judges_a_movie_of_ones_own_session_and_no_other()
    {
        var browser = Open();
        var session = await EndedAsync(browser);
        var stranger = await GuestAsync();

        await JudgeAsync(stranger, session, 101, false, HttpStatusCode.NotFound);
        await JudgeAsync(browser, session, 109, false, HttpStatusCode.NotFound);
        await JudgeAsync(browser, Guid.NewGuid(), 101, false, HttpStatusCode.NotFound);

        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.satisfactions"));
        await AsksAsync(stranger);
    }

    [Fact]
    public async Task Whoever_does_not_want_to_be_asked_is_not_asked_of_older_sets_either()
    {
        var browser = Open();
        await EndedAsync(browser);
        var second = await EndedAsync(browser);
        await ExecuteAsync("UPDATE b2c.recommendation_sessions SET ends_at = ends_at + interval '1 hour' WHERE session_id = $1", second);

        using (await browser.PostAsync("/recommendation/pending/dismiss", new { session_id = second }))
        {
            await AsksAsync(browser);
        }

        await EndedAsync(browser);
        await AsksAsync(browser, 101, 102);
    }

    [Fact]
    public async Task A_set_that_has_not_ended_is_not_asked_about_and_one_that_was_only_opened_by_its_movie()
    {
        var browser = Open();
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();
        await browser.JsonAsync(browser.PostAsync("/movies/102/play", new { provider_id = 8, session_id = session }));
        await AsksAsync(browser);

        await ExecuteAsync("UPDATE b2c.recommendation_sessions SET ends_at = now() - interval '1 minute'");

        await AsksAsync(browser, 102);
    }

    private async Task<Guid> EndedAsync(Browser browser)
    {
        var session = (await RecommendAsync(browser)).GetProperty("session_id").GetGuid();
        var plan = new { track = "a", movie_ids = new[] { 101, 102 }, starts_at = DateTimeOffset.UtcNow.AddDays(-1) };
        using (await browser.PutAsync($"/recommendation/sessions/{session}", plan))
        {
            await ExecuteAsync(
                $"UPDATE b2c.recommendation_sessions SET ends_at = ({EndedAt}) AT TIME ZONE 'UTC' WHERE session_id = $1 AND ends_at IS NOT NULL",
                session);
        }

        return session;
    }

    private static async Task AsksAsync(Browser browser, params int[] expected) => Assert.Equal(
        expected,
        (await browser.JsonAsync(browser.GetAsync("/recommendation/pending"))).GetProperty("pending").EnumerateArray()
            .Select(question => question.GetProperty("movie").GetProperty("movie_id").GetInt32()));

    private static async Task JudgeAsync(Browser browser, Guid session, int movie, bool isPositive, HttpStatusCode expected)
    {
        using var response = await browser.PostAsync(
            "/recommendation/satisfaction", new { session_id = session, movie_id = movie, is_positive = isPositive });
        Assert.True(expected == response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
