using System.Net;
using System.Text;
using System.Text.Json;
using MovieSir.Api.Companies.Keys;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Partner;

/// <summary>Each call of the OpenAPI document, so that a new route fails here until it is covered.</summary>
public sealed class RoutesTests(TestServers servers) : ApiTest(servers)
{
    private sealed record Call(string Name, HttpMethod Method, string Path, JsonElement Operation)
    {
        public bool NeedsKey => Operation.TryGetProperty("security", out _);

        public string? Example => Operation.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText()
            : null;
    }

    [Fact]
    public async Task Every_call_refuses_every_credential_that_is_not_valid()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (revoked, revokedKey) = await api.CreateKeyAsync();
        await api.RevokeAsync(revoked.ApiKeyId);
        var (expired, expiredKey) = await api.CreateKeyAsync();
        await ExecuteAsync("UPDATE b2b.api_keys SET expires_at = now() WHERE api_key_id = $1", expired.ApiKeyId);
        var (deactivated, deactivatedKey) = await api.CreateKeyAsync();
        await ExecuteAsync("UPDATE b2b.api_keys SET deactivated_at = now() WHERE api_key_id = $1", deactivated.ApiKeyId);
        var credentials = new Dictionary<string, string?>
        {
            ["none"] = null,
            ["nonsense"] = "nonsense",
            ["unknown"] = ApiKeyFormat.Generate(),
            ["revoked"] = revokedKey,
            ["expired"] = expiredKey,
            ["deactivated"] = deactivatedKey,
        };

        var calls = await CallsAsync(api);
        foreach (var call in calls.Where(call => call.NeedsKey))
        {
            foreach (var (state, credential) in credentials)
            {
                using var response = await SendAsync(api, credential, call);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{call.Name}, {state}: {(int)response.StatusCode}");
                await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{calls.Count(call => call.NeedsKey)} calls x {credentials.Count} states");
        Assert.Equal(["Health"], calls.Where(call => !call.NeedsKey).Select(call => call.Name));
        Assert.Empty(Inference.Calls);
    }

    [Fact]
    public async Task Every_example_of_the_document_is_answered_as_it_says_and_every_answer_carries_the_limits()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        await ExecuteAsync("INSERT INTO catalog.movies (movie_id, title, vote_average, vote_count, popularity, adult, keywords, is_stub) "
            + "VALUES (496243, 'Parasite', 8.5, 19000, 1, false, '{}', false)");
        var document = await DocumentAsync(api);
        foreach (var call in await CallsAsync(api))
        {
            using var response = await SendAsync(api, key, call);
            // The example's recommendation was never made here.
            var expected = call.Name == "Feedback" ? HttpStatusCode.NotFound : HttpStatusCode.OK;
            Assert.True(response.StatusCode == expected, $"{call.Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            Assert.NotEmpty(response.Header("X-Request-Id"));
            if (call.NeedsKey)
            {
                Assert.NotEmpty(response.Header("RateLimit-Policy"));
                Assert.NotEmpty(response.Header("RateLimit"));
            }

            if (expected == HttpStatusCode.OK)
            {
                AssertFits(document, SchemaOf(call, "200"), await response.JsonAsync(), call.Name);
            }
        }
    }

    [Fact]
    public async Task Every_example_answer_of_the_document_fits_its_schema()
    {
        var api = await StartApiAsync();
        var document = await DocumentAsync(api);
        var calls = await CallsAsync(api);
        Assert.Equal(10, calls.Count);
        foreach (var call in calls)
        {
            var status = call.Name == "Feedback" ? "202" : "200";
            var example = call.Operation.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json")
                .GetProperty("example");
            AssertFits(document, SchemaOf(call, status), example, call.Name);
            if (call.Example is { } request)
            {
                AssertFits(
                    document, call.Operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"),
                    JsonDocument.Parse(request).RootElement, call.Name);
            }

            foreach (var response in call.Operation.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name[0] >= '4' && call.NeedsKey))
            {
                var problem = response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("example");
                Assert.Matches("^[A-Z_]+$", problem.GetProperty("code").GetString()!);
                Assert.Equal(response.Name, problem.GetProperty("status").GetRawText());
            }
        }
    }

    [Fact]
    public async Task What_has_no_route_needs_a_key_all_the_same()
    {
        var api = await StartApiAsync();
        foreach (var path in new[] { "/v1/nothing", "/v1", "/V1/recommend", "/v1/movies/x" })
        {
            using var response = await api.GetAsync(null, path);
            await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }
    }

    [Fact]
    public async Task The_documentation_comes_from_here_alone()
    {
        var api = await StartApiAsync();
        foreach (var page in new[] { "/swagger/index.html", "/redoc/index.html" })
        {
            using var response = await api.GetAsync(null, page);
            var html = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotContain("//", html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'; script-src 'self';", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
            var assets = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value)
                .ToList();
            Assert.NotEmpty(assets);
            foreach (var asset in assets)
            {
                using var found = await api.GetAsync(null, new Uri(new Uri("http://x" + page), asset).AbsolutePath);
                Assert.True(found.StatusCode == HttpStatusCode.OK, $"{page}: {asset} {(int)found.StatusCode}");
            }
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiHost api, string? key, Call call) => await api.SendAsync(
        key, call.Method, call.Path, call.Example is { } body ? new StringContent(body, Encoding.UTF8, "application/json") : null);

    private static async Task<JsonElement> DocumentAsync(ApiHost api)
    {
        using var response = await api.GetAsync(null, "/openapi.json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private static async Task<IReadOnlyList<Call>> CallsAsync(ApiHost api) =>
    [
        .. from path in (await DocumentAsync(api)).GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new Call(
               operation.Value.GetProperty("operationId").GetString()!, HttpMethod.Parse(operation.Name),
               path.Name.Replace("{id}", "496243", StringComparison.Ordinal), operation.Value),
    ];

    private static JsonElement SchemaOf(Call call, string status) =>
        call.Operation.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("schema");

    /// <summary>Every property is one of the schema's and of its type, and none that is required is missing.</summary>
    private static void AssertFits(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!["#/components/schemas/".Length..]);
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            schema = choices.EnumerateArray()
                .Single(choice => choice.TryGetProperty("type", out var type) && type.ValueEquals("null") == (value.ValueKind == JsonValueKind.Null)
                || choice.TryGetProperty("$ref", out _) && value.ValueKind != JsonValueKind.Null);
            AssertFits(document, schema, value, where);
            return;
        }

        AssertType(schema, value, where);
        if (schema.TryGetProperty("enum", out var names))
        {
            Assert.Contains(value.GetString(), names.EnumerateArray().Select(name => name.GetString()));
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                AssertFits(document, schema.GetProperty("items"), item, where + "[]");
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            var properties = schema.GetProperty("properties");
            foreach (var property in value.EnumerateObject())
            {
                Assert.True(properties.TryGetProperty(property.Name, out var inner), $"{where}.{property.Name} is not in the schema");
                AssertFits(document, inner, property.Value, $"{where}.{property.Name}");
            }

            if (schema.TryGetProperty("required", out var required))
            {
                Assert.All(required.EnumerateArray(),
                    name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{where}.{name} is missing"));
            }
        }
    }

    private static void AssertType(JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("type", out var types))
        {
            var actual = value.ValueKind switch
            {
                JsonValueKind.Object => "object",
                JsonValueKind.Array => "array",
                JsonValueKind.String => "string",
                JsonValueKind.True or JsonValueKind.False => "boolean",
                JsonValueKind.Null => "null",
                _ => value.TryGetInt64(out _) ? "integer" : "number",
            };
            var allowed = types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(type => type.GetString()).ToList()
                : [types.GetString()];
            Assert.True(allowed.Contains(actual) || actual == "integer" && allowed.Contains("number"),
                $"{where}: {actual} is not {string.Join('|', allowed)}");
        }
    }
}
