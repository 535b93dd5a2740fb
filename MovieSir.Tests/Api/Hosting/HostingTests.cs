using System.Net;
using Microsoft.Extensions.Options;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

public sealed class HostingTests(TestServers servers) : ApiTest(servers)
{
    [Theory]
    [InlineData("--Quota:Free:CallsPerDay=0")]
    [InlineData("--Quota:Pro:CallsPerSecond=-1")]
    [InlineData("--Keys:CacheSeconds=10")]
    [InlineData("--Accounting:BatchSize=0")]
    [InlineData("--Inference:Address=nowhere")]
    [InlineData("--Inference:TotalTimeoutMilliseconds=100")]
    [InlineData("--Edge:TrustedProxies:0=the-edge")]
    [InlineData("--Edge:AllowedOrigins:0=example.com")]
    [InlineData("--Shutdown:DrainSeconds=60")]
    [InlineData("--Availability:Regions:0=Korea")]
    public async Task A_setting_out_of_bounds_keeps_the_API_from_starting_and_is_named(string setting)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartApiAsync(setting));
        var name = setting[2..setting.IndexOf('=', StringComparison.Ordinal)].Split(':').Last(part => !char.IsAsciiDigit(part[0]));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_while_the_database_is_away_and_answers_when_it_is_back()
    {
        await using var postgres = await Servers.StartPostgresAsync(durable: true);
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var before = Keep(await ApiHost.StartAsync(postgres.ConnectionString, Redis.ConnectionString, Inference.Address));
        var (_, key) = await before.CreateKeyAsync();
        await postgres.KillAsync();

        var api = Keep(await ApiHost.StartAsync(postgres.ConnectionString, Redis.ConnectionString, Inference.Address));
        using (var refused = await api.RecommendAsync(key))
        {
            await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "KEYS_UNAVAILABLE");
        }

        await postgres.StartAsync();
        var status = HttpStatusCode.ServiceUnavailable;
        for (var i = 0; i < 300 && status != HttpStatusCode.OK; i++)
        {
            await Task.Delay(100);
            using var response = await api.RecommendAsync(key);
            status = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Browsers_may_call_from_configured_origins_only_and_from_none_by_default()
    {
        var closed = await StartApiAsync();
        var open = await StartApiAsync("--Edge:AllowedOrigins:0=https://partner.example");
        var (_, key) = await open.CreateKeyAsync();

        Assert.Null(await AllowedOriginAsync(closed, "https://partner.example"));
        Assert.Null(await AllowedOriginAsync(open, "https://other.example"));
        Assert.Equal("https://partner.example", await AllowedOriginAsync(open, "https://partner.example"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/usage");
        request.Headers.Add("X-API-Key", key);
        request.Headers.Add("Origin", "https://partner.example");
        using var response = await open.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("RateLimit", response.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_does_not_name_itself_and_every_answer_names_its_request()
    {
        var api = await StartApiAsync();
        foreach (var path in new[] { "/v1/health", "/openapi.json", "/v1/usage", "/nowhere", "/alive" })
        {
            using var response = await api.GetAsync(null, path);
            Assert.False(response.Headers.Contains("Server"));
            Assert.NotEmpty(response.Header("X-Request-Id"));
        }
    }

    private static async Task<string?> AllowedOriginAsync(ApiHost api, string origin)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/recommend");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "X-API-Key, Content-Type");
        using var response = await api.Client.SendAsync(preflight);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
