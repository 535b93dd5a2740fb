using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MovieSir.Api.Companies.Keys;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

/// <summary>Whose call it is, as the trusted edge says, and what follows from it.</summary>
public sealed class ClientAddressTests(TestServers servers) : ApiTest(servers)
{
    private const string Trusted = "--Edge:TrustedProxies:0=127.0.0.1";
    private const string ThreeAMinute = "--Keys:InvalidKeysPerMinute=3";

    [Fact]
    public async Task Invalid_keys_are_limited_by_address_and_a_valid_key_from_the_same_address_never()
    {
        var api = await StartApiAsync(Trusted, ThreeAMinute);
        var (_, key) = await api.CreateKeyAsync();
        foreach (var credential in new[] { null, "nonsense", ApiKeyFormat.Generate() })
        {
            using var refused = await UsageAsync(api, credential, "198.51.100.7");
            await refused.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }

        foreach (var credential in new[] { null, "nonsense", ApiKeyFormat.Generate() })
        {
            using var limited = await UsageAsync(api, credential, "198.51.100.7");
            await limited.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_INVALID_KEYS");
            Assert.InRange(int.Parse(limited.Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        }

        using var neighbor = await UsageAsync(api, key, "198.51.100.7");
        Assert.Equal(HttpStatusCode.OK, neighbor.StatusCode);
        using var elsewhere = await UsageAsync(api, null, "198.51.100.8");
        await elsewhere.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        Assert.Single(api.Log.Entries, entry => entry.Text.Contains("198.51.100.7 are over 3 a minute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_IPv6_network_is_one_address()
    {
        var api = await StartApiAsync(Trusted, ThreeAMinute);
        for (var host = 1; host <= 3; host++)
        {
            using var refused = await UsageAsync(api, null, $"2001:db8:0:1::{host}");
            await refused.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }

        using var same = await UsageAsync(api, null, "2001:db8:0:1:ffff::9");
        using var other = await UsageAsync(api, null, "2001:db8:0:2::9");
        await same.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_INVALID_KEYS");
        await other.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
    }

    [Theory]
    [InlineData(true)] // the edge appends: what stands before its own word is the caller's invention
    [InlineData(false)] // no edge: the header is anybody's
    public async Task Nobody_gets_a_fresh_limit_by_inventing_addresses(bool hasEdge)
    {
        var api = await StartApiAsync(hasEdge ? [Trusted, ThreeAMinute] : [ThreeAMinute]);
        for (var call = 1; call <= 4; call++)
        {
            using var response = await UsageAsync(api, null, hasEdge ? $"203.0.113.{call}, 198.51.100.7" : $"203.0.113.{call}");
            Assert.Equal(call <= 3 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("fe80::7%2", "fe80::7")]
    public async Task The_request_log_and_the_trace_say_where_a_call_came_from(string forwarded, string expected)
    {
        var addresses = new System.Collections.Concurrent.ConcurrentQueue<(string TraceId, object? Address)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => addresses.Enqueue((activity.TraceId.ToHexString(), activity.GetTagItem("client.address"))),
        };
        ActivitySource.AddActivityListener(listener);
        var api = await StartApiAsync(Trusted);
        var (_, key) = await api.CreateKeyAsync();

        using var response = await UsageAsync(api, key, forwarded);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var row = Assert.Single(await LogRowsAsync(1));
        Assert.Equal(expected, await ScalarAsync<string>("SELECT host(client_address) FROM b2b.request_log WHERE request_id = $1", row.RequestId));
        var deadline = Stopwatch.StartNew();
        while (addresses.All(span => span.TraceId != row.RequestId) && deadline.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(20); // the span ends after the answer has left
        }

        Assert.Equal(expected, Assert.Single(addresses, span => span.TraceId == row.RequestId).Address);
    }

    [Fact]
    public void A_minute_later_the_count_begins_anew_and_there_are_never_more_counts_than_configured()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        var options = new ApiKeyOptions { InvalidKeysPerMinute = 1, InvalidKeyAddresses = 100 };
        var limit = new InvalidKeyLimit(clock, Options.Create(options), NullLogger<InvalidKeyLimit>.Instance);
        static IPAddress Address(int number) => new([10, 0, (byte)(number / 256), (byte)(number % 256)]);

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limit.Failed(Address(0)));
        Assert.Equal(40, limit.Failed(Address(0)));
        for (var number = 1; number < 1000; number++)
        {
            Assert.Null(limit.Failed(Address(number)));
        }

        Assert.Equal(40, limit.Failed(Address(99)));
        Assert.Null(limit.Failed(Address(999))); // found no place, so it is not limited

        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(limit.Failed(Address(0)));
        Assert.Equal(60, limit.Failed(Address(0)));
        Assert.Null(limit.Failed(null));
        Assert.Equal(60, limit.Failed(null));
    }

    private static async Task<HttpResponseMessage> UsageAsync(ApiHost api, string? key, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/usage");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await api.Client.SendAsync(request);
    }
}
