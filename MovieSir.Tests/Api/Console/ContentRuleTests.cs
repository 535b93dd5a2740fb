using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Rules that a company sets itself. What they forbid is tested with the engine.</summary>
public sealed class ContentRuleTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task A_saved_rule_reaches_the_engine_with_the_companys_calls_within_five_seconds()
    {
        await CatalogAsync();
        var owner = await OwnerAsync();
        var (_, secret) = await KeyAsync(owner);

        var saved = await owner.JsonAsync(owner.PostAsync("/b2b/content-rules", new
        {
            rules = new object[]
            {
                new { kind = "keyword", value = " Plane CRASH " }, new { kind = "genre", value = "공포" }, new { kind = "id", value = "013" },
                new { kind = "keyword", value = "plane crash" },
            },
        }));

        Assert.Equal(
            ["genre Horror ", "id 13 영화 13", "keyword plane crash "],
            saved.GetProperty("rules").EnumerateArray().Select(rule =>
                $"{rule.GetProperty("kind")} {rule.GetProperty("value")} {rule.GetProperty("title")}").Order());
        await WithinFiveSecondsAsync(async () =>
        {
            using var called = await Api.RecommendAsync(secret);
            return Inference.Calls.Last().Body.Contains(
                """{"movie_ids":[13],"genres":["Horror"],"keywords":["plane crash"]}""", StringComparison.Ordinal);
        });
        // Again they are the same rules, and a preset adds its own.
        var list = await GetAsync(owner, "/b2b/content-rules");
        Assert.Equal(3, list.GetProperty("rules").GetArrayLength());
        var preset = list.GetProperty("presets").EnumerateArray().Single();
        Assert.Equal("airline_cabin", preset.GetProperty("preset").GetString());
        for (var i = 0; i < 2; i++)
        {
            var all = await owner.JsonAsync(owner.PostAsync("/b2b/content-rules", new { rules = preset.GetProperty("rules") }));
            Assert.Equal(preset.GetProperty("rules").GetArrayLength() + 2, all.GetProperty("rules").GetArrayLength()); // one is there already
        }
    }

    [Theory]
    [InlineData("""{"rules":[{"kind":"id","value":"999"}]}""", "rules[0].value")]
    [InlineData("""{"rules":[{"kind":"keyword","value":"war"},{"kind":"genre","value":"no such genre"}]}""", "rules[1].value")]
    [InlineData("""{"rules":[{"kind":"keyword","value":"..."}]}""", "rules[0].value")]
    [InlineData("""{"rules":[]}""", "rules")]
    public async Task A_rule_that_could_forbid_nothing_is_refused_and_named(string body, string field)
    {
        await CatalogAsync();
        var owner = await OwnerAsync();
        foreach (var path in new[] { "/b2b/content-rules", "/b2b/content-rules/preview" })
        {
            using var refused = await owner.PostAsync(path, JsonDocument.Parse(body).RootElement);
            var problem = await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
            Assert.Equal(field, problem.GetProperty("errors").EnumerateObject().Single().Name);
        }

        Assert.Equal(0, await ScalarAsync<long>("SELECT count(*) FROM b2b.content_rules"));
    }

    [Fact]
    public async Task A_preview_asks_the_engine_for_these_rules_beside_those_that_are_saved_and_saves_nothing()
    {
        await CatalogAsync();
        var owner = await OwnerAsync();
        await owner.JsonAsync(owner.PostAsync("/b2b/content-rules", new { rules = new[] { new { kind = "keyword", value = "war" } } }));
        Inference.Behave(context => context.Response.WriteAsJsonAsync(new
        {
            movies = 100,
            removed = 9,
            removed_by = new[] { 4, 2 },
            examples = new[]
            {
                new
                {
                    movie_id = 13, tmdb_id = 13, title = "영화 13", runtime = 95, genres = Array.Empty<string>(), otts = Array.Empty<string>(),
                    poster_path = "/p.jpg", release_date = "2020-01-02", score = 0, recommendation_type = "hybrid",
                },
            },
        }));

        var preview = await owner.JsonAsync(owner.PostAsync(
            "/b2b/content-rules/preview",
            new { rules = new[] { new { kind = "genre", value = "horror" }, new { kind = "id", value = "13" } } }));

        var sent = JsonDocument.Parse(Inference.Calls.Last().Body).RootElement;
        Assert.Equal("""{"movie_ids":[],"genres":[],"keywords":["war"]}""", sent.GetProperty("saved").GetRawText());
        Assert.Equal(2, sent.GetProperty("rules").GetArrayLength());
        Assert.Equal((100, 9), (preview.GetProperty("movies").GetInt32(), preview.GetProperty("removed").GetInt32()));
        Assert.Equal(
            ["genre Horror 4", "id 13 2"],
            preview.GetProperty("rules").EnumerateArray().Select(rule =>
                $"{rule.GetProperty("kind")} {rule.GetProperty("value")} {rule.GetProperty("removed")}"));
        Assert.Equal(
            """{"movie_id":13,"title":"영화 13","runtime":95,"release_date":"2020-01-02","poster_path":"/p.jpg"}""",
            System.Text.RegularExpressions.Regex.Unescape(preview.GetProperty("examples")[0].GetRawText()));
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2b.content_rules"));

        Inference.Fail(StatusCodes.Status500InternalServerError);
        using var away = await owner.PostAsync("/b2b/content-rules/preview", new { rules = new[] { new { kind = "keyword", value = "sea" } } });
        await away.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE");
    }

    [Fact]
    public async Task A_company_has_a_thousand_rules_at_most_and_deletes_its_own_alone()
    {
        var owner = await OwnerAsync("Ours");
        await ExecuteAsync("""
            INSERT INTO b2b.content_rules (content_rule_id, company_id, kind, value)
            SELECT gen_random_uuid(), $1, 'Keyword', 'word' || n FROM generate_series(1, 999) AS n
            """, await CompanyIdAsync(owner));
        using (var refused = await owner.PostAsync(
            "/b2b/content-rules", new { rules = new[] { new { kind = "keyword", value = "sea" }, new { kind = "keyword", value = "sand" } } }))
        {
            await refused.ProblemAsync(HttpStatusCode.Conflict, "TOO_MANY_RULES");
        }

        var rule = (await GetAsync(owner, "/b2b/content-rules")).GetProperty("rules")[0].GetProperty("rule_id").GetGuid();
        var stranger = await OwnerAsync("Theirs");
        foreach (var id in new[] { rule, Guid.NewGuid() })
        {
            using var refused = await stranger.DeleteAsync($"/b2b/content-rules/{id}");
            await refused.ProblemAsync(HttpStatusCode.NotFound, "RULE_NOT_FOUND");
        }

        using var deleted = await owner.DeleteAsync($"/b2b/content-rules/{rule}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(998, await ScalarAsync<long>("SELECT count(*) FROM b2b.content_rules"));
    }

    private Task CatalogAsync() => ExecuteAsync("""
        INSERT INTO catalog.movies (
          movie_id, title, title_ko, runtime_minutes, vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)
        VALUES (13, 'Movie 13', '영화 13', 95, 7, 1, 1, false, '{}', false, false)
        """);
}
