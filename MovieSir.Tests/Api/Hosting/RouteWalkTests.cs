using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

/// <summary>Every call of every OpenAPI document that the API has, with every header and body that callers get wrong.</summary>
public sealed partial class RouteWalkTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task No_header_and_no_body_of_a_caller_ends_in_5xx_and_each_refusal_has_the_one_shape_and_is_logged_with_its_code()
    {
        var api = await StartApiAsync("--Keys:InvalidKeysPerMinute=1000000");
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        var calls = (await DocumentsAsync(api)).SelectMany(WalkedCall.Of).ToList();
        var methods = calls.ToLookup(call => call.Path, call => call.Method);
        var keyed = new RouteWalk(api.Client, request => request.Headers.Add("X-API-Key", key));
        foreach (var call in calls)
        {
            await keyed.WalkAsync(call, methods[call.Path].ToHashSet());
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{calls.Count} calls, {keyed.Summary}");
        Assert.True(keyed.Sent > 400, $"{keyed.Sent}");
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
        await LogHoldsAsync(handle);
    }

    [Theory]
    [InlineData("/v1/health")]
    [InlineData("/v1/health/")]
    [InlineData("/V1/HEALTH")]
    [InlineData("/openapi.json")]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task What_needs_no_key_needs_none_by_any_method_and_no_method_is_a_bad_key(string path)
    {
        var api = await StartApiAsync("--Keys:InvalidKeysPerMinute=3");
        foreach (var method in Enumerable.Repeat(HttpMethod.Head, 6))
        {
            using var response = await api.SendAsync(null, method, path, null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Options })
        {
            using var response = await api.SendAsync(null, method, path, null);
            await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
            Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
        }

        using var usage = await api.GetAsync(null, "/v1/usage");
        await usage.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
    }

    [Fact]
    public async Task HEAD_is_logged_as_HEAD()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var response = await api.SendAsync(key, HttpMethod.Head, "/v1/usage", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await LogRowsAsync(1);
        Assert.Equal("HEAD /v1/usage", await ScalarAsync<string>("SELECT method || ' ' || endpoint FROM b2b.request_log"));
    }

    private async Task LogHoldsAsync(PartnerKeyHandle handle)
    {
        var answered = await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1", handle.ApiKeyId);
        var rows = await LogRowsAsync((int)answered, handle);
        Assert.All(rows, row => Assert.Equal(row.Status >= 400, row.ErrorCode is not null));
        Assert.Contains(rows, row => (row.Status, row.ErrorCode) == (415, "UNSUPPORTED_MEDIA_TYPE"));
        Assert.Contains(rows, row => (row.Status, row.ErrorCode) == (405, "METHOD_NOT_ALLOWED"));
        Assert.Contains(rows, row => (row.Status, row.ErrorCode) == (422, "VALIDATION_FAILED"));
    }

    /// <summary>Whatever the API serves as JSON at a fixed address and calls OpenAPI.</summary>
    private static async Task<IReadOnlyList<JsonElement>> DocumentsAsync(ApiHost api)
    {
        var documents = new List<JsonElement>();
        foreach (var path in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => DocumentName().Replace(endpoint.RoutePattern.RawText!, "${name}")) // a surface's document has a name
            .Where(path => path.EndsWith(".json", StringComparison.Ordinal) && !path.Contains('{', StringComparison.Ordinal)).Distinct())
        {
            using var response = await api.GetAsync(null, path);
            if (await response.JsonAsync() is var document && document.TryGetProperty("openapi", out _))
            {
                documents.Add(document);
            }
        }

        Assert.NotEmpty(documents);
        return documents;
    }

    [GeneratedRegex(@"\{documentName:regex\(\^(?<name>\w+)\$\)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DocumentName();
}
