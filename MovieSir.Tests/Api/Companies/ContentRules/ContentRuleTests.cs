using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.ContentRules;

/// <summary>The engine applies the rules; the API tells it which. What they forbid is tested with the engine.</summary>
public sealed class ContentRuleTests(TestServers servers) : ApiTest(servers)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_company_s_rules_go_with_every_call_that_answers_movies_and_with_nobody_else_s()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (handle, key) = await api.CreateKeyAsync();
        var (_, other) = await api.CreateKeyAsync(company: "다른 회사");
        foreach (var (kind, value) in new[] { ("Id", "102"), ("Id", "x"), ("Genre", " Horror "), ("Keyword", "Plane Crash"), ("Keyword", "전쟁") })
        {
            await AddRuleAsync(handle, kind, value);
        }

        foreach (var (path, body) in new (string, object?)[]
        {
            ("/v1/recommend", new { available_time = 180, excluded_ids_a = new[] { 7 } }),
            ("/v1/recommend_single", new { target_runtime = 90, track = "a" }),
            ("/v1/search", new { query = "x", k = 3 }),
            ("/v1/movies/101/similar?k=3", null),
        })
        {
            using var response = body is null ? await api.GetAsync(key, path) : await api.PostAsync(key, path, body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var sent = JsonDocument.Parse(Inference.Calls.Last().Body).RootElement;
            Assert.Equal("""{"movie_ids":[102],"genres":["Horror"],"keywords":["Plane Crash","전쟁"]}""", Raw(sent.GetProperty("content_rules")));
            // The engine answers as many as are asked for: none are asked for in reserve.
            Assert.True(!sent.TryGetProperty("k", out var k) || k.GetInt32() == 3);

            using var unbound = body is null ? await api.GetAsync(other, path) : await api.PostAsync(other, path, body);
            Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(Inference.Calls.Last().Body).RootElement.GetProperty("content_rules").ValueKind);
        }
    }

    [Fact]
    public async Task A_new_rule_counts_at_once()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (handle, key) = await api.CreateKeyAsync();
        async Task<string> RulesAsync()
        {
            using var response = await api.RecommendAsync(key);
            return Raw(JsonDocument.Parse(Inference.Calls.Last().Body).RootElement.GetProperty("content_rules"));
        }

        Assert.Equal("null", await RulesAsync());
        await AddRuleAsync(handle, "Keyword", "war");
        Assert.Equal("""{"movie_ids":[],"genres":[],"keywords":["war"]}""", await RulesAsync());
    }

    private static string Raw(JsonElement rules) => JsonSerializer.Serialize(rules, Readable);

    private Task AddRuleAsync(PartnerKeyHandle key, string kind, string value) => ExecuteAsync(
        """
        INSERT INTO b2b.content_rules (content_rule_id, company_id, kind, value)
        SELECT gen_random_uuid(), company_id, $2, $3 FROM b2b.api_keys WHERE api_key_id = $1
        """,
        key.ApiKeyId, kind, value);
}
