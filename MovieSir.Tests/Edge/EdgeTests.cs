using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace MovieSir.Tests.Edge;

/// <summary>Each row of the edge's routing, caching and protection, against the real nginx.</summary>
public sealed class EdgeTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    private const string Domain = EdgeFixture.Domain;

    public static TheoryData<string, string> ProxiedPrefixes => new()
    {
        { $"demo.{Domain}", "/api/v2/recommend" },
        { $"demo.{Domain}", "/auth/login" },
        { $"demo.{Domain}", "/onboarding" },
        { $"demo.{Domain}", "/onboarding/ott" },
        { $"demo.{Domain}", "/s/abc" },
        { $"demo.{Domain}", "/movies/862" },
        { $"demo.{Domain}", "/users/me" },
        { $"demo.{Domain}", "/mypage/watched" },
        { $"demo.{Domain}", "/recommendation/recommend" },
        { $"demo.{Domain}", "/registration/request" },
        { $"console.{Domain}", "/b2b/dashboard" },
        { $"console.{Domain}", "/b2b/auth/login" },
        { $"console.{Domain}", "/v1/recommend" },
        { $"api.{Domain}", "/v1/recommend" },
        { $"api.{Domain}", "/swagger" },
        { $"api.{Domain}", "/swagger/swagger-ui-bundle.js" },
        { $"api.{Domain}", "/redoc" },
        { $"api.{Domain}", "/redoc/redoc.standalone.js" },
        { $"api.{Domain}", "/openapi.json" },
    };

    public static TheoryData<string, string> Sites => new()
    {
        { Domain, "landing" },
        { $"www.{Domain}", "landing" },
        { $"demo.{Domain}", "demo" },
        { $"console.{Domain}", "console" },
        { $"api.{Domain}", "api" },
    };

    [Fact]
    public void Nginx_takes_the_configuration_without_a_warning()
    {
        Assert.Contains("test is successful", edge.CheckLog, StringComparison.Ordinal);
        Assert.DoesNotContain("[warn]", edge.CheckLog, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProxiedPrefixes))]
    public async Task A_proxied_prefix_reaches_the_api_with_forwarded_headers(string host, string path)
    {
        using var client = edge.CreateClient();
        using var response = await client.GetAsync($"https://{host}:{edge.HttpsPort}{path}?q=1");
        var seen = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith($"HTTP/1.1 GET {path}?q=1\n", seen, StringComparison.Ordinal);
        Assert.Contains($"\nHost: {host}\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Real-IP: 127.0.0.1\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Forwarded-For: 127.0.0.1\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nX-Forwarded-Proto: https\n", seen, StringComparison.Ordinal);
        Assert.Matches("\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\n", seen);
        Assert.DoesNotContain("\nConnection: close\n", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"demo.{Domain}", "/v1/recommend")]
    [InlineData($"demo.{Domain}", "/b2b/dashboard")]
    [InlineData($"console.{Domain}", "/auth/login")]
    public async Task What_is_not_routed_stays_with_the_site(string host, string path)
    {
        using var client = edge.CreateClient();
        var answer = await client.GetStringAsync($"https://{host}:{edge.HttpsPort}{path}");

        Assert.StartsWith("<!doctype html>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"api.{Domain}", "/auth/login")]
    [InlineData(Domain, "/v1/recommend")]
    [InlineData($"api.{Domain}", "/health")]
    [InlineData($"api.{Domain}", "/b2b/auth/login")]
    [InlineData($"www.{Domain}", "/some/page")]
    public async Task Static_pages_answer_404_for_what_is_none_of_them(string host, string path)
    {
        using var client = edge.CreateClient();
        using var response = await client.GetAsync($"https://{host}:{edge.HttpsPort}{path}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(Domain, "/app", "demo")]
    [InlineData($"www.{Domain}", "/console", "console")]
    [InlineData($"api.{Domain}", "/console", "console")]
    [InlineData($"api.{Domain}", "/app", "demo")]
    [InlineData(Domain, "/api", "api")]
    public async Task A_site_leads_to_the_others_on_the_same_domain_and_port(string host, string path, string site)
    {
        using var client = edge.CreateClient();
        using var response = await client.GetAsync($"https://{host}:{edge.HttpsPort}{path}");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal($"https://{site}.{Domain}:{edge.HttpsPort}/", response.Headers.Location?.AbsoluteUri);
    }

    [Theory]
    [InlineData($"demo.{Domain}", "demo")]
    [InlineData($"console.{Domain}", "console")]
    public async Task A_page_of_an_app_falls_back_to_its_entry_which_is_never_cached(string host, string site)
    {
        using var client = edge.CreateClient();
        foreach (var path in new[] { "/", "/index.html", "/some/page" })
        {
            using var response = await client.GetAsync($"https://{host}:{edge.HttpsPort}{path}");

            Assert.Equal($"<!doctype html><title>{site}</title>", await response.Content.ReadAsStringAsync());
            Assert.Equal("no-cache, no-store, must-revalidate", Header(response, "Cache-Control"));
        }
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task A_hashed_asset_is_cached_for_a_year_and_a_missing_one_is_404(string host, string site)
    {
        using var client = edge.CreateClient();
        using var asset = await client.GetAsync($"https://{host}:{edge.HttpsPort}/assets/app-4f3a91bc.js");
        using var missing = await client.GetAsync($"https://{host}:{edge.HttpsPort}/assets/app-00000000.js");

        Assert.Contains(site, await asset.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("public, max-age=31536000, immutable", Header(asset, "Cache-Control"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData($"demo.{Domain}", "/")]
    [InlineData($"demo.{Domain}", "/assets/app-4f3a91bc.js")]
    [InlineData($"api.{Domain}", "/v1/recommend")]
    public async Task Every_answer_carries_the_security_headers_once(string host, string path)
    {
        using var client = edge.CreateClient();
        using var response = await client.GetAsync($"https://{host}:{edge.HttpsPort}{path}");

        Assert.Equal("max-age=63072000; includeSubDomains", Header(response, "Strict-Transport-Security"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header(response, "Referrer-Policy"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("nginx", Header(response, "Server"));
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task Plain_http_only_redirects_and_answers_challenges(string host, string site)
    {
        using var client = edge.CreateClient();
        using var page = await client.GetAsync($"http://{host}:{edge.HttpPort}/{site}?q=1");
        var challenge = await client.GetStringAsync($"http://{host}:{edge.HttpPort}/.well-known/acme-challenge/token");
        using var missing = await client.GetAsync($"http://{host}:{edge.HttpPort}/.well-known/acme-challenge/other");

        Assert.Equal(HttpStatusCode.MovedPermanently, page.StatusCode);
        Assert.Equal($"https://{host}/{site}?q=1", page.Headers.Location?.AbsoluteUri);
        Assert.Equal("challenge", challenge);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Current_tls_is_accepted(SslProtocols protocol)
    {
        await using var stream = await edge.HandshakeAsync($"api.{Domain}", protocol);

        Assert.Equal(protocol, stream.SslProtocol);
    }

    [Theory]
#pragma warning disable CA5397, SYSLIB0039 // old protocols, to see them refused
    [InlineData(SslProtocols.Tls)]
    [InlineData(SslProtocols.Tls11)]
#pragma warning restore CA5397, SYSLIB0039
    public async Task Old_tls_is_refused(SslProtocols protocol) =>
        await Assert.ThrowsAnyAsync<Exception>(() => edge.HandshakeAsync($"api.{Domain}", protocol));

    [Fact]
    public async Task An_unknown_name_gets_no_certificate_and_no_answer()
    {
        using var client = edge.CreateClient();
        using var byHostHeader = new HttpRequestMessage(HttpMethod.Get, $"https://api.{Domain}:{edge.HttpsPort}/v1/health")
        { Headers = { Host = "evil.test" } };

        await Assert.ThrowsAnyAsync<Exception>(() => edge.HandshakeAsync("evil.test", SslProtocols.Tls13));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://evil.test:{edge.HttpPort}/"));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(byHostHeader));
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_in_the_apis_error_shape()
    {
        using var client = edge.CreateClient();
        using var body = new ByteArrayContent(new byte[1_100_000]);
        using var response = await client.PostAsync($"https://api.{Domain}:{edge.HttpsPort}/v1/recommend", body);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("PAYLOAD_TOO_LARGE", problem.GetProperty("code").GetString());
        Assert.Equal(Header(response, "X-Request-Id"), problem.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task A_partner_may_send_what_its_plan_allows_and_whoever_guesses_passwords_little()
    {
        var partner = await AnswersAsync($"https://api.{Domain}:{edge.HttpsPort}/v1/recommend", calls: 600); // 500 a second is the largest plan's
        var guesser = await AnswersAsync($"https://demo.{Domain}:{edge.HttpsPort}/auth/login", calls: 120); // 20 at once, then 5 a second
        await Task.Delay(TimeSpan.FromSeconds(2.5)); // the other tests share this address

        Assert.All(partner, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.InRange(guesser.Count(answer => answer.Status == HttpStatusCode.OK), 10, 119); // of the 20, other tests may have taken some
        Assert.All(guesser.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (answer.Status, answer.RetryAfter));
            Assert.Equal("RATE_LIMIT_EXCEEDED", JsonDocument.Parse(answer.Body).RootElement.GetProperty("code").GetString());
        });
    }

    [Fact]
    public async Task A_client_that_stops_in_its_headers_loses_its_connection()
    {
        await using var stream = await EdgeProcess.ConnectAsync(edge.HttpPort, CancellationToken.None);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Domain}\r\nX-Slow: "));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[1024];

        var read = 0;
        try
        {
            read = await stream.ReadAsync(buffer, limit.Token);
        }
        catch (IOException)
        {
            // Reset: closed as well.
        }

        Assert.True(read == 0 || Encoding.ASCII.GetString(buffer, 0, read).Contains(" 408 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_access_log_is_json_with_the_id_that_the_trace_has_and_without_the_query()
    {
        using var client = edge.CreateClient();
        var seen = await client.GetStringAsync($"https://api.{Domain}:{edge.HttpsPort}/v1/logged?secret=abc");
        var trace = seen.Split('\n').Single(line => line.StartsWith("traceparent:", StringComparison.Ordinal)).Split('-')[1];

        var line = await FindLineAsync("/v1/logged");
        Assert.Equal(trace, JsonDocument.Parse(line).RootElement.GetProperty("request_id").GetString());
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_script_is_compressed()
    {
        using var client = edge.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://demo.{Domain}:{edge.HttpsPort}/assets/app-4f3a91bc.js")
        {
            Headers = { { "Accept-Encoding", "gzip" } },
        };
        using var response = await client.SendAsync(request);

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", Header(response, "Vary"));
    }

    private async Task<List<(HttpStatusCode Status, string? RetryAfter, string Body)>> AnswersAsync(string url, int calls)
    {
        using var client = edge.CreateClient();
        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var some in Enumerable.Range(0, calls).Chunk(60))
        {
            answers.AddRange(await Task.WhenAll(some.Select(async _ =>
            {
                using var response = await client.GetAsync(url);
                return (response.StatusCode, response.Headers.RetryAfter?.ToString(), await response.Content.ReadAsStringAsync());
            })));
        }

        return answers;
    }

    private async Task<string> FindLineAsync(string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var file = new FileStream(edge.AccessLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var lines = (await reader.ReadToEndAsync(limit.Token)).Split('\n');
            if (lines.FirstOrDefault(line => line.Contains($"\"{path}\"", StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    // As sent: the typed headers would be put into another order.
    private static string Header(HttpResponseMessage response, string name) => Assert.Single(
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values : response.Content.Headers.NonValidated[name]);
}
