using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Api.Accounts;
using MovieSir.Api.Traveller.Calls;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>Every call of the OpenAPI document by nobody, by a stranger, with a sign-in that has run out, and with a copied refresh token.</summary>
public sealed class TravellerRoutesTests(TestServers servers) : AccountTest(servers)
{
    private const string AnyId = "0198c0de-0000-7000-8000-000000000000";

    // What a call that names somebody else's session is sent with, so that nothing but the name is wrong with it.
    private static readonly Dictionary<string, Func<Guid, object>> Bodies = new()
    {
        ["PUT /recommendation/sessions/{id}"] = _ => new { track = "a", movie_ids = new[] { 101 } },
        ["POST /recommendation/single"] = id => new { session_id = id, track = "a", target_runtime = 90 },
        ["POST /recommendation/fill"] = id => new { session_id = id, track = "a", locked_ids = new[] { 101 } },
        ["POST /recommendation/satisfaction"] = id => new { session_id = id, movie_id = 101, is_positive = false },
        ["POST /recommendation/pending/dismiss"] = id => new { session_id = id },
        ["POST /movies/{id}/play"] = id => new { session_id = id, provider_id = 8 },
    };

    // They take any session's name and then do nothing to it.
    private static readonly string[] Silent =
        ["POST /recommendation/pending/dismiss", "POST /movies/{id}/play", "DELETE /recommendation/satisfaction"];

    [Fact]
    public async Task Nobody_is_let_into_what_needs_an_account()
    {
        var closed = 0;
        foreach (var call in await CallsAsync())
        {
            using var browser = Open(First);
            using var response = await SendAsync(browser, call);
            Assert.True((int)response.StatusCode < 500, $"{call.Name}: {response.StatusCode}");
            if (Has<NeedsAccountMetadata>(call))
            {
                await response.ProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
                closed++;
            }
            else
            {
                Assert.NotEqual("SIGN_IN_REQUIRED", await CodeAsync(response));
            }
        }

        Assert.InRange(closed, 8, 100);
    }

    [Fact]
    public async Task A_sign_in_that_has_run_out_has_to_be_renewed_before_any_call_that_asks_who_calls()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "expired@example.com");
        browser.Cookies.Remove("__Host-moviesir_access");
        await AllAskForRenewalAsync(browser);
    }

    [Fact]
    public async Task Whoever_holds_a_copied_refresh_token_that_was_used_twice_is_let_in_nowhere()
    {
        var browser = Open(First);
        await SignUpAsync(browser, "copied@example.com");
        var thief = browser.Copy();
        await RefreshAsync(browser, HttpStatusCode.NoContent);
        await ExecuteAsync("UPDATE accounts.refresh_tokens SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL");
        using (var reused = await thief.Copy().PostAsync("/auth/refresh"))
        {
            await reused.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_ENDED");
        }

        await AllAskForRenewalAsync(thief);
        await AllAskForRenewalAsync(browser);
        await RefreshAsync(browser, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nothing_of_somebody_elses_is_read_or_changed_by_its_id()
    {
        var owner = Open(First);
        await SignUpAsync(owner, "owner@example.com", "주인");
        var session = (await RecommendAsync(owner)).GetProperty("session_id").GetGuid();
        var device = (await owner.JsonAsync(owner.GetAsync("/auth/sessions"))).GetProperty("sessions")[0].GetProperty("session_id").GetGuid();
        var stranger = Open(First);
        await SignUpAsync(stranger, "stranger@example.com", "낯선");
        var before = await StateAsync();

        var called = new List<string>();
        foreach (var call in (await CallsAsync()).Where(call => call.NamesAnId))
        {
            var id = call.Path.StartsWith("/auth/", StringComparison.Ordinal) ? device : session;
            var path = call.Path.Replace(AnyId, id.ToString(), StringComparison.Ordinal)
                + (call.Query ? $"?session_id={id}&movie_id=101" : "");
            var body = Bodies.TryGetValue(call.Name, out var make) ? make(id) : null;
            using var response = await stranger.SendAsync(new HttpMethod(call.Method), path, body);
            Assert.True(
                Silent.Contains(call.Name) ? response.IsSuccessStatusCode : response.StatusCode == HttpStatusCode.NotFound,
                $"{call.Name}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
            called.Add(call.Name);
        }

        Assert.Equal(before, await StateAsync());
        Assert.Superset(Bodies.Keys.ToHashSet(), called.ToHashSet());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", called));
    }

    private async Task AllAskForRenewalAsync(Browser browser)
    {
        var asked = 0;
        foreach (var call in (await CallsAsync()).Where(call => !Has<WithoutSignInMetadata>(call) && !Has<PublicAnswerMetadata>(call)))
        {
            using var response = await SendAsync(browser.Copy(), call);
            await response.ProblemAsync(HttpStatusCode.Unauthorized, "SESSION_EXPIRED");
            asked++;
        }

        Assert.InRange(asked, 20, 1000);
    }

    // All that the stranger must not have changed. Their own click is no change of the owner's.
    private Task<string> StateAsync() => ScalarAsync<string>("""
        SELECT (SELECT json_agg(session ORDER BY session_id) FROM b2c.recommendation_sessions AS session)::text
          || (SELECT json_agg(sign_in ORDER BY sign_in_id) FROM accounts.sign_ins AS sign_in)::text
          || (SELECT count(*) FROM b2c.satisfactions) || (SELECT count(*) FROM b2c.provider_clicks WHERE session_id IS NOT NULL)
        """);

    private sealed record Call(string Name, string Method, string Path, bool HasBody, bool NamesAnId, bool Query);

    private async Task<IReadOnlyList<Call>> CallsAsync()
    {
        using var response = await First.GetAsync(null, "/openapi/traveller.json");
        var document = await response.JsonAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let method = operation.Name.ToUpperInvariant()
               let parameters = operation.Value.TryGetProperty("parameters", out var given) ? given.GetRawText() : ""
               let body = operation.Value.TryGetProperty("requestBody", out var content) ? content.GetRawText() : ""
               let schema = schemas.EnumerateObject().FirstOrDefault(
                   known => body.Contains($"schemas/{known.Name}\"", StringComparison.Ordinal)).Value
               let hasSession = schema.ValueKind == JsonValueKind.Object && schema.GetProperty("properties").TryGetProperty("session_id", out _)
               let isById = path.Name.Contains("{id}", StringComparison.Ordinal) && parameters.Contains("uuid", StringComparison.Ordinal)
               let inQuery = parameters.Contains("\"session_id\"", StringComparison.Ordinal)
               select new Call(
                   $"{method} {path.Name}", method,
                   path.Name.Replace("{id}", isById ? AnyId : "101", StringComparison.Ordinal).Replace("{shareId}", "none", StringComparison.Ordinal)
                       .Replace("{groupId}", "none", StringComparison.Ordinal),
                   body.Length > 0, isById || hasSession || inQuery, inQuery),
        ];
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, Call call) =>
        browser.SendAsync(new HttpMethod(call.Method), call.Path, call.HasBody ? new { } : null);

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? (await response.JsonAsync()).GetProperty("code").GetString()
            : null;

    private bool Has<T>(Call call)
        where T : class => First.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}".Replace(":guid", "", StringComparison.Ordinal)
                    .Replace(":int", "", StringComparison.Ordinal) is var template && template == call.Name.Split(' ')[1]
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains(call.Method))
            .Metadata.GetMetadata<T>() is not null;
}
