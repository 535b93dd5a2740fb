using System.Diagnostics;
using System.Net;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

public sealed class ShutdownTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task SIGTERM_under_load_turns_readiness_first_drops_no_call_and_leaves_no_usage_unwritten()
    {
        await using var api = await ApiProcess.StartAsync(
            Database.ConnectionString, Redis.ConnectionString, Inference.Address, "--Accounting:PollMilliseconds=5000");
        PartnerKeyHandle handle;
        string key;
        await using (var maker = await ApiHost.StartAsync(Database.ConnectionString, Redis.ConnectionString, Inference.Address))
        {
            (handle, key) = await maker.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        }

        Inference.Behave(async context =>
        {
            await Task.Delay(200);
            await InferenceStandIn.AnswerAsync(context);
        });
        await using var load = new Load(api.Client, key);
        await load.UntilAsync(40, 200);

        var watch = Stopwatch.StartNew();
        var exit = api.TerminateAsync();
        while (await api.AnswersAsync("/health"))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
            await Task.Delay(50);
        }

        // Unready, and still answering: whoever routes by readiness stops sending now.
        var turned = watch.Elapsed;
        Assert.True(turned < TimeSpan.FromSeconds(1), $"unready after {turned}");
        using (var alive = await api.Client.GetAsync("/alive"))
        {
            Assert.True(alive.Headers.ConnectionClose);
        }

        Assert.False(exit.IsCompleted);
        await load.StopAsync();
        var code = await exit;

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"unready after {turned.TotalSeconds:F1} s, gone after {watch.Elapsed.TotalSeconds:F1} s, {load.Answers.Count} answers");
        Assert.Equal(0, code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        Assert.Empty(load.Broken);
        Assert.All(load.Answers.Values, status => Assert.Equal(200, status));
        // Nobody else drains this stream: what is in the table was written before the process ended.
        Assert.Equal((long)load.Answers.Count, await ScalarAsync<long>(
            "SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1", handle.ApiKeyId));
        Assert.Equal(0, await Redis.Database.StreamLengthAsync("usage"));
    }

    [Fact]
    public async Task Liveness_ignores_dependencies_and_readiness_does_not_in_Production()
    {
        await using var postgres = await Servers.StartPostgresAsync();
        await using var redis = await Servers.StartRedisAsync();
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var api = Keep(await ApiHost.StartAsync(postgres.ConnectionString, redis.ConnectionString, Inference.Address, "--environment=Production"));
        await AssertHealthAsync(api, HttpStatusCode.OK);

        await redis.KillAsync();
        await AssertHealthAsync(api, HttpStatusCode.ServiceUnavailable);
        await redis.StartAsync();
        await AssertHealthAsync(api, HttpStatusCode.OK);
        await postgres.KillAsync();
        await AssertHealthAsync(api, HttpStatusCode.ServiceUnavailable);
    }

    private static async Task AssertHealthAsync(ApiHost api, HttpStatusCode readiness)
    {
        foreach (var path in new[] { "/health", "/v1/health" })
        {
            var status = (await api.GetAsync(null, path)).StatusCode;
            for (var i = 0; i < 300 && status != readiness; i++)
            {
                await Task.Delay(100); // it is cached for two seconds, and Redis' client needs a moment to come back
                status = (await api.GetAsync(null, path)).StatusCode;
            }

            Assert.Equal(readiness, status);
        }

        using var alive = await api.GetAsync(null, "/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
