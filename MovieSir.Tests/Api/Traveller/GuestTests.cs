using System.Net;
using System.Text.Json;
using MovieSir.Api.Traveller.People;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>Whoever has no account: nobody at first, a guest from the first change on.</summary>
public sealed class GuestTests(TestServers servers) : TravellerTest(servers)
{
    private const string Cookie = "__Host-moviesir_guest";

    [Fact]
    public async Task Nobody_reads_without_becoming_a_guest()
    {
        var browser = Open();

        Assert.Equal("nobody", (await browser.MeAsync()).GetProperty("kind").GetString());
        foreach (var path in new[] { $"/movies/{Movie}", "/movies/popular", "/movies/genres",
            "/onboarding", "/onboarding/providers", "/onboarding/survey/movies", "/recommendation/sessions" })
        {
            await browser.JsonAsync(browser.GetAsync(path));
        }

        Assert.Empty(browser.Cookies);
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.travellers"));
    }

    [Fact]
    public async Task The_first_change_makes_a_guest_whose_cookie_only_this_host_can_set_and_no_script_can_read()
    {
        var browser = await GuestAsync();

        var cookie = Assert.Single(browser.Set);
        Assert.Equal(Cookie, cookie.Name.ToString());
        Assert.True(cookie.Secure);
        Assert.True(cookie.HttpOnly);
        Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path.ToString());
        Assert.False(cookie.Domain.HasValue);
        Assert.Equal(TimeSpan.FromDays(30), cookie.MaxAge);
        var me = await browser.MeAsync();
        Assert.Equal("guest", me.GetProperty("kind").GetString());
        Assert.Equal(1, me.GetProperty("counts").GetProperty("watched").GetInt32());
        Assert.Single(browser.Set); // once
    }

    [Fact]
    public async Task The_database_does_not_hold_the_cookie()
    {
        var browser = await GuestAsync();

        var stored = await ScalarAsync<byte[]>("SELECT guest_token_hash FROM b2c.travellers");

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(browser.Cookies[Cookie])), stored);
    }

    [Fact]
    public async Task Session_fixation_a_cookie_that_the_browser_brings_along_never_becomes_a_guest()
    {
        var browser = Open();
        browser.Cookies[Cookie] = "planted-by-somebody-else";
        using var response = await browser.PutAsync($"/movies/{Movie}/watched", new { });

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.NotEqual("planted-by-somebody-else", browser.Cookies[Cookie]);
    }

    [Fact]
    public async Task A_guest_is_the_same_at_every_replica_and_nobody_after_thirty_days()
    {
        var browser = await GuestAsync();
        var other = browser.At(await StartAsync());
        Assert.Equal("guest", (await other.MeAsync()).GetProperty("kind").GetString());

        await ExecuteAsync("UPDATE b2c.travellers SET last_seen_at = now() - interval '30 days 1 minute'");

        Assert.Equal("nobody", (await browser.MeAsync()).GetProperty("kind").GetString());
        Assert.Equal(1, await Service<GuestStore>().DeleteForgottenAsync(DateTimeOffset.UtcNow.AddDays(-30), 100, Token));
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.watched_movies"));
    }

    [Fact]
    public async Task A_guest_who_comes_back_is_kept_for_thirty_days_more()
    {
        var browser = await GuestAsync();
        await ExecuteAsync("UPDATE b2c.travellers SET last_seen_at = now() - interval '29 days'");

        await browser.MeAsync();

        Assert.Equal(2, browser.Set.Count);
        Assert.True(await ScalarAsync<bool>("SELECT last_seen_at > now() - interval '1 minute' FROM b2c.travellers"));
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task CSRF_a_change_that_another_sites_page_sends_is_refused(string? fetchSite, string? origin)
    {
        var browser = await GuestAsync();
        browser.FetchSite = fetchSite;
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Put, $"/movies/{Movie}/not-for-me"), (HttpMethod.Delete, $"/movies/{Movie}/watched"), (HttpMethod.Post, "/onboarding/skip"),
            (HttpMethod.Patch, "/users/me"), (HttpMethod.Post, "/recommendation/recommend"),
        })
        {
            using var response = await browser.SendAsync(method, path, new { }, headers =>
            {
                if (origin is not null)
                {
                    headers.Add("Origin", origin);
                }
            });
            await response.ProblemAsync(HttpStatusCode.Forbidden, "CROSS_SITE_REQUEST");
        }

        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2c.watched_movies"));
        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2c.rejected_movies"));
    }

    [Fact]
    public async Task A_change_needs_a_body_of_JSON_which_no_form_can_send()
    {
        var browser = await GuestAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/onboarding/ott")
            { Content = new FormUrlEncodedContent([new("provider_ids", "8")]) };

        using var response = await Api.Client.SendAsync(request, Token);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        Assert.NotNull(browser);
    }

    [Fact]
    public async Task One_address_makes_so_many_guests_an_hour_whichever_replica_it_asks()
    {
        var (first, second) = (await StartAsync("--Traveller:GuestsPerHour=3"), await StartAsync("--Traveller:GuestsPerHour=3"));
        for (var i = 0; i < 3; i++)
        {
            using var made = await Open(i % 2 == 0 ? first : second).PutAsync($"/movies/{Movie}/watched", new { });
            Assert.Equal(HttpStatusCode.NoContent, made.StatusCode);
        }

        foreach (var api in new[] { first, second })
        {
            using var refused = await Open(api).PutAsync($"/movies/{Movie}/watched", new { });
            await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS");
            Assert.InRange(int.Parse(refused.Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture), 1, 3600);
        }
    }

    [Fact]
    public async Task Preferences_of_a_guest_are_kept()
    {
        var browser = Open();

        var changed = await browser.JsonAsync(browser.SendAsync(HttpMethod.Patch, "/users/me", new { language = "en", show_adult = true }));

        foreach (var me in new[] { changed, await browser.MeAsync() })
        {
            Assert.Equal("en", me.GetProperty("preferences").GetProperty("language").GetString());
            Assert.True(me.GetProperty("preferences").GetProperty("show_adult").GetBoolean());
            Assert.Equal(JsonValueKind.Null, me.GetProperty("user").ValueKind);
        }
    }

    [Fact]
    public async Task No_answer_that_is_somebodys_is_kept_by_anybody()
    {
        var browser = await GuestAsync();

        using var mine = await browser.GetAsync("/users/me");
        using var everybodys = await browser.GetAsync("/movies/popular");

        Assert.Equal("no-store", mine.Header("Cache-Control"));
        Assert.Equal("public, max-age=300", everybodys.Header("Cache-Control"));
    }
}
