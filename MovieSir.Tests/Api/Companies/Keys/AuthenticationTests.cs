using System.Diagnostics;
using System.Net;
using System.Text;
using MovieSir.Api.Companies.Keys;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.Keys;

public sealed class AuthenticationTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task Revoked_key_cannot_authenticate_on_either_replica_after_five_seconds()
    {
        var (first, second) = (await StartApiAsync(), await StartApiAsync());
        var (handle, key) = await first.CreateKeyAsync();
        foreach (var api in new[] { first, second })
        {
            using var before = await api.GetAsync(key, "/v1/usage");
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        Assert.True(await first.RevokeAsync(handle.ApiKeyId));
        var revoked = Stopwatch.StartNew();
        foreach (var api in new[] { first, second })
        {
            var response = await api.GetAsync(key, "/v1/usage");
            while (response.StatusCode == HttpStatusCode.OK && revoked.Elapsed < TimeSpan.FromSeconds(5))
            {
                response.Dispose();
                await Task.Delay(50);
                response = await api.GetAsync(key, "/v1/usage"); // used all the time, so that its cache entry is as fresh as can be
            }

            await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
            response.Dispose();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Refused by both replicas after {revoked.Elapsed.TotalSeconds:F2} s");
    }

    [Fact]
    public async Task Every_credential_that_is_not_valid_is_refused_alike()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (deactivated, deactivatedKey) = await api.CreateKeyAsync();
        await ExecuteAsync("UPDATE b2b.api_keys SET deactivated_at = now() WHERE api_key_id = $1", deactivated.ApiKeyId);
        var (revoked, revokedKey) = await api.CreateKeyAsync();
        await api.RevokeAsync(revoked.ApiKeyId);
        var (expired, expiredKey) = await api.CreateKeyAsync();
        await ExecuteAsync("UPDATE b2b.api_keys SET expires_at = now() WHERE api_key_id = $1", expired.ApiKeyId);
        var details = new HashSet<string>();
        foreach (var credential in new[] { null, "nonsense", ApiKeyFormat.Generate(), deactivatedKey, revokedKey, expiredKey })
        {
            using var response = await api.RecommendAsync(credential);
            var problem = await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
            Assert.Contains("ApiKey", response.Header("WWW-Authenticate"), StringComparison.Ordinal);
            details.Add(string.Join('|', problem.EnumerateObject().Where(field => field.Name != "request_id").Select(field => field.ToString())));
        }

        Assert.Single(details);
        Assert.Empty(Inference.Calls);
        await LogRowsAsync(0);
    }

    [Fact]
    public async Task Two_keys_in_one_call_are_none()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/usage");
        request.Headers.Add("X-API-Key", [key, key]);
        using var response = await api.Client.SendAsync(request);
        await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
    }

    [Fact]
    public async Task A_deactivated_key_works_again_once_it_is_activated()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (handle, key) = await api.CreateKeyAsync();
        await ExecuteAsync("UPDATE b2b.api_keys SET deactivated_at = now() WHERE api_key_id = $1", handle.ApiKeyId);
        using (var refused = await api.GetAsync(key, "/v1/usage"))
        {
            await refused.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }

        await ExecuteAsync("UPDATE b2b.api_keys SET deactivated_at = NULL WHERE api_key_id = $1", handle.ApiKeyId);
        using var response = await api.GetAsync(key, "/v1/usage");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_key_expires_at_its_moment_though_it_was_just_read()
    {
        var api = await StartApiAsync("--Keys:CacheSeconds=3");
        var (_, other) = await api.CreateKeyAsync();
        using var first = await api.GetAsync(other, "/v1/usage"); // the first call of a process takes its time
        var expiry = DateTimeOffset.UtcNow.AddSeconds(5);
        var (_, key) = await api.CreateKeyAsync(expiresAt: expiry);
        var accepted = 0;
        while (true)
        {
            var begun = DateTimeOffset.UtcNow;
            using var response = await api.GetAsync(key, "/v1/usage");
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Assert.True(DateTimeOffset.UtcNow >= expiry, "refused before it expired");
                await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
                break;
            }

            Assert.True(begun < expiry, "accepted after it expired");
            accepted++;
            await Task.Delay(100);
        }

        Assert.True(accepted > 0, "never accepted");
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_without_touching_the_database()
    {
        // A database that is not there tells the two apart.
        var api = Keep(await ApiHost.StartAsync(
            "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=1", Redis.ConnectionString, Inference.Address));
        var key = ApiKeyFormat.Generate();
        using var wrong = await api.RecommendAsync(key[..^1] + (key[^1] == '0' ? '1' : '0'));
        await wrong.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        using var wellFormed = await api.RecommendAsync(key);
        await wellFormed.ProblemAsync(HttpStatusCode.ServiceUnavailable, "KEYS_UNAVAILABLE");
        Assert.Equal("2", wellFormed.Header("Retry-After"));
    }

    [Fact]
    public async Task A_call_without_a_key_is_refused_before_its_body_is_read()
    {
        var api = await StartApiAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/recommend") { Content = new StringContent(new string('x', 10_000_000)) };
        request.Headers.ExpectContinue = true; // the body is sent once the server asks for it, which it does not
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        { BaseAddress = api.Client.BaseAddress };
        using var response = await client.SendAsync(request);
        await response.ProblemAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
    }

    [Fact]
    public async Task The_plain_key_is_in_no_log_no_trace_no_table_and_no_Redis_key()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => spans.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        string[] categories = ["Default", "Microsoft.AspNetCore", "System.Net.Http.HttpClient", "Polly", "Npgsql"];
        var api = await StartApiAsync(Array.ConvertAll(categories, category => $"--Logging:LogLevel:{category}=Trace"));
        var (_, key) = await api.CreateKeyAsync(dailyLimit: 3);
        foreach (var body in new[] { "{\"available_time\":180}", "{", "{\"available_time\":0}", "{\"available_time\":180}",
            "{\"available_time\":180}", "{\"available_time\":180}" })
        {
            using var response = await api.PostRawAsync(key, "/v1/recommend", body);
            Assert.DoesNotContain(key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await LogRowsAsync(6);
        var secret = key["sk-moviesir-".Length..];
        Assert.NotEmpty(spans);
        Assert.Contains(api.Log.Entries, entry => entry.Text.Contains("/v1/recommend", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => span.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Text.Contains(secret, StringComparison.Ordinal));

        var dump = await DumpAsync();
        Assert.Contains("대한항공", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(secret)), dump, StringComparison.OrdinalIgnoreCase);

        foreach (var name in RedisKeys())
        {
            var value = await Redis.Database.KeyDumpAsync(name);
            Assert.DoesNotContain(secret, $"{name} {Encoding.Latin1.GetString(value ?? [])}", StringComparison.Ordinal);
        }
    }

    private async Task<string> DumpAsync()
    {
        var dump = new StringBuilder();
        foreach (var table in await ScalarAsync<string[]>(
            "SELECT array_agg(format('%I.%I', schemaname, tablename)) FROM pg_tables WHERE schemaname IN ('b2b', 'catalog', 'public')"))
        {
            dump.AppendLine(await ScalarAsync<string>($"SELECT coalesce(string_agg(row::text, E'\\n'), '') FROM {table} AS row"));
        }

        return dump.ToString();
    }
}
