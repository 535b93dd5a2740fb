using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>Keys that a company makes itself, and what the partner API makes of them.</summary>
public sealed class KeyTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_is_listed_with_what_it_was_used_for()
    {
        var owner = await OwnerAsync();

        var made = await owner.JsonAsync(owner.PostAsync("/b2b/api-keys", new { name = " 기내 " }));

        var (key, secret) = (made.GetProperty("key"), made.GetProperty("secret").GetString()!);
        Assert.Equal(("기내", "active", secret[^4..]),
            (key.GetProperty("name").GetString(), key.GetProperty("state").GetString(), key.GetProperty("hint").GetString()));
        Assert.Equal(["recommend", "search", "movies", "feedback", "usage"], Texts(key.GetProperty("scopes")));
        using (var called = await Api.RecommendAsync(secret))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        await LogRowsAsync(1);
        using var list = await owner.GetAsync("/b2b/api-keys");
        var text = await list.Content.ReadAsStringAsync(Token);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        var listed = JsonDocument.Parse(text).RootElement.GetProperty("keys")[0];
        Assert.Equal((1L, 1L), (listed.GetProperty("calls_today").GetInt64(), listed.GetProperty("calls_30_days").GetInt64()));
        Assert.Equal(JsonValueKind.String, listed.GetProperty("last_used_at").ValueKind);
        Assert.DoesNotContain(Api.Log.Entries, entry => entry.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deactivated_key_stops_on_every_replica_within_five_seconds_and_works_again_when_activated()
    {
        var replica = await StartConsoleAsync();
        var owner = await OwnerAsync();
        var (keyId, secret) = await KeyAsync(owner);
        await StatusBecomesAsync(secret, HttpStatusCode.OK, Api, replica);

        var off = await owner.JsonAsync(owner.PostAsync($"/b2b/api-keys/{keyId}/deactivate"));
        Assert.Equal("inactive", off.GetProperty("state").GetString());
        await StatusBecomesAsync(secret, HttpStatusCode.Unauthorized, Api, replica);

        var on = await owner.JsonAsync(owner.PostAsync($"/b2b/api-keys/{keyId}/activate"));
        Assert.Equal("active", on.GetProperty("state").GetString());
        await StatusBecomesAsync(secret, HttpStatusCode.OK, Api, replica);
    }

    [Fact]
    public async Task A_rerolled_key_works_for_its_grace_and_then_no_more()
    {
        var owner = await OwnerAsync();
        var (keyId, secret) = await KeyAsync(owner, new { name = "굴림", scopes = new[] { "recommend" }, allowed_addresses = new[] { "127.0.0.1" } });

        var made = await owner.JsonAsync(owner.PostAsync($"/b2b/api-keys/{keyId}/reroll", new { grace_hours = 24 }));

        var next = made.GetProperty("secret").GetString()!;
        Assert.Equal(("굴림", "recommend", "127.0.0.1"),
            (made.GetProperty("key").GetProperty("name").GetString(), Texts(made.GetProperty("key").GetProperty("scopes")).Single(),
                Texts(made.GetProperty("key").GetProperty("allowed_addresses")).Single()));
        foreach (var key in new[] { secret, next })
        {
            using var called = await Api.RecommendAsync(key);
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        var old = (await GetAsync(owner, "/b2b/api-keys")).GetProperty("keys").EnumerateArray()
            .Single(key => key.GetProperty("key_id").GetGuid() == keyId);
        Assert.Equal("retiring", old.GetProperty("state").GetString());
        Assert.InRange((old.GetProperty("expires_at").GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalHours, 23.9, 24);
        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Post, "/reroll", new { grace_hours = 1 }), (HttpMethod.Patch, "", new { expires_at = (string?)null }),
        })
        {
            using var refused = await owner.SendAsync(method, $"/b2b/api-keys/{keyId}{path}", body);
            await refused.ProblemAsync(HttpStatusCode.Conflict, "KEY_RETIRING");
        }

        await ExecuteAsync("UPDATE b2b.api_keys SET expires_at = now() WHERE api_key_id = $1", keyId); // the grace has passed
        await StatusBecomesAsync(secret, HttpStatusCode.Unauthorized, Api);
        await StatusBecomesAsync(next, HttpStatusCode.OK, Api);
    }

    [Fact]
    public async Task A_key_rerolled_without_grace_is_gone_at_once_and_its_history_stays()
    {
        var owner = await OwnerAsync();
        var (keyId, secret) = await KeyAsync(owner);
        await owner.JsonAsync(owner.PostAsync($"/b2b/api-keys/{keyId}/reroll", new { grace_hours = 0 }));

        await StatusBecomesAsync(secret, HttpStatusCode.Unauthorized, Api);
        Assert.DoesNotContain(
            (await GetAsync(owner, "/b2b/api-keys")).GetProperty("keys").EnumerateArray(), key => key.GetProperty("key_id").GetGuid() == keyId);
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM b2b.api_keys WHERE api_key_id = $1", keyId));
        using var refused = await owner.PostAsync($"/b2b/api-keys/{keyId}/reroll", new { grace_hours = 2 });
        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_key_makes_only_the_calls_of_its_scopes_and_a_refused_one_is_logged_and_not_charged()
    {
        var owner = await OwnerAsync();
        var (keyId, secret) = await KeyAsync(owner, new { name = "search", scopes = new[] { "search", "usage" } });

        using (var refused = await Api.RecommendAsync(secret))
        {
            await refused.ProblemAsync(HttpStatusCode.Forbidden, "SCOPE_MISSING");
            Assert.NotEmpty(refused.Header("RateLimit"));
        }

        using var usage = await Api.GetAsync(secret, "/v1/usage");
        Assert.Equal(0, (await usage.JsonAsync()).GetProperty("data").GetProperty("used").GetInt32());
        var rows = await LogRowsAsync(2, new PartnerKeyHandle(keyId, ""));
        Assert.Equal(("SCOPE_MISSING", false, 403), (rows[0].ErrorCode, rows[0].Charged, rows[0].Status));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("203.0.113.7", false)]
    [InlineData("2001:db8::/48", false)]
    public async Task A_key_is_used_from_its_addresses_alone(string address, bool works)
    {
        var owner = await OwnerAsync();
        var (_, secret) = await KeyAsync(owner, new { name = "here", allowed_addresses = new[] { address } });

        using var called = await Api.RecommendAsync(secret);

        if (works)
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }
        else
        {
            await called.ProblemAsync(HttpStatusCode.Forbidden, "ADDRESS_NOT_ALLOWED");
        }
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"   "}""", "name")]
    [InlineData("""{"name":"a","allowed_addresses":["10.1"]}""", "allowed_addresses")]
    [InlineData("""{"name":"a","allowed_addresses":["10.0.0.0/33"]}""", "allowed_addresses")]
    [InlineData("""{"name":"a","allowed_addresses":["example.com"]}""", "allowed_addresses")]
    [InlineData("""{"name":"a","expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes")]
    public async Task What_a_key_cannot_be_is_refused_by_field(string body, string field)
    {
        var owner = await OwnerAsync();

        using var refused = await owner.PostAsync("/b2b/api-keys", JsonDocument.Parse(body).RootElement);

        var problem = await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        Assert.Equal(field, problem.GetProperty("errors").EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task A_change_changes_what_it_names_and_null_takes_the_end_away()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner, new { name = "전", expires_at = DateTimeOffset.UtcNow.AddDays(1), scopes = new[] { "movies" } });

        var renamed = await owner.JsonAsync(owner.SendAsync(HttpMethod.Patch, $"/b2b/api-keys/{keyId}", new { name = "후" }));
        Assert.Equal(("후", JsonValueKind.String, "movies"),
            (renamed.GetProperty("name").GetString(), renamed.GetProperty("expires_at").ValueKind, Texts(renamed.GetProperty("scopes")).Single()));

        var endless = await owner.JsonAsync(owner.SendAsync(HttpMethod.Patch, $"/b2b/api-keys/{keyId}", new { expires_at = (string?)null }));
        Assert.Equal(("후", JsonValueKind.Null), (endless.GetProperty("name").GetString(), endless.GetProperty("expires_at").ValueKind));
    }

    [Fact]
    public async Task Another_companys_key_and_one_that_is_not_there_are_answered_alike()
    {
        var (keyId, secret) = await KeyAsync(await OwnerAsync("Theirs"));
        var stranger = await OwnerAsync("Ours");
        foreach (var id in new[] { keyId, Guid.CreateVersion7() })
        {
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Patch, "", new { name = "mine" }), (HttpMethod.Post, "/deactivate", null), (HttpMethod.Post, "/activate", null),
                (HttpMethod.Post, "/reroll", new { grace_hours = 0 }), (HttpMethod.Delete, "", null),
            })
            {
                using var response = await stranger.SendAsync(method, $"/b2b/api-keys/{id}{path}", body);
                await response.ProblemAsync(HttpStatusCode.NotFound, "KEY_NOT_FOUND");
            }
        }

        using var called = await Api.RecommendAsync(secret);
        Assert.Equal(HttpStatusCode.OK, called.StatusCode);
    }

    [Fact]
    public async Task A_company_has_fifty_keys_at_most_even_where_they_are_made_at_once()
    {
        var owner = await OwnerAsync();
        await ExecuteAsync("""
            INSERT INTO b2b.api_keys (api_key_id, company_id, name, plan, key_hash, hint)
            SELECT gen_random_uuid(), $1, 'key ' || n, 'Free', sha256(n::text::bytea), 'abcd' FROM generate_series(1, 45) AS n
            """, await CompanyIdAsync(owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async n =>
        {
            using var response = await owner.PostAsync("/b2b/api-keys", new { name = $"new {n}" });
            return response.StatusCode;
        }));

        Assert.Equal((5, 5), (answers.Count(status => status == HttpStatusCode.Created), answers.Count(status => status == HttpStatusCode.Conflict)));
    }

    [Fact]
    public async Task A_deleted_key_is_not_listed_and_its_history_stays()
    {
        var owner = await OwnerAsync();
        var (keyId, secret) = await KeyAsync(owner);
        await StatusBecomesAsync(secret, HttpStatusCode.OK, Api);

        using (var deleted = await owner.DeleteAsync($"/b2b/api-keys/{keyId}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        await StatusBecomesAsync(secret, HttpStatusCode.Unauthorized, Api);
        Assert.Equal(0, (await GetAsync(owner, "/b2b/api-keys")).GetProperty("keys").GetArrayLength());
        Assert.True(await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1", keyId) > 0);
        Assert.Equal(["company.created", "key.created", "key.deleted"], await ActionsAsync(owner));
    }

    private async Task<string[]> ActionsAsync(MemberBrowser browser) => await ScalarAsync<string[]>(
        "SELECT array_agg(action ORDER BY entry_id) FROM b2b.audit_log WHERE company_id = $1", await CompanyIdAsync(browser));

    private static async Task StatusBecomesAsync(string key, HttpStatusCode status, params ApiHost[] replicas)
    {
        foreach (var replica in replicas)
        {
            await WithinFiveSecondsAsync(async () =>
            {
                using var response = await replica.RecommendAsync(key);
                return response.StatusCode == status;
            });
        }
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
