using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

/// <summary>Away is away: refused, unreachable and hanging are told alike, and none of them is 500.</summary>
public sealed class OutageTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task A_Redis_that_hangs_and_goes_on_costs_refusals_and_nothing_else()
    {
        await using var redis = await Servers.StartRedisAsync();
        var api = Keep(await ApiHost.StartAsync(
            Database.ConnectionString, redis.ConnectionString, Inference.Address, "--Accounting:TakeOverSeconds=1"));
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        await using var load = new Load(api.Client, key);
        await load.UntilAsync(50, 200);

        await redis.PauseAsync();
        await Task.Delay(TimeSpan.FromSeconds(12));
        await redis.ResumeAsync();
        await load.UntilAsync(50, 200);
        await load.StopAsync();

        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join(", ", load.Answers.Values.GroupBy(status => status).Select(group => $"{group.Count()} x {group.Key}")));
        Assert.Empty(load.Broken);
        Assert.Equal([200, 503], load.Answers.Values.Distinct().Order());
        var rows = await LogRowsAsync(load.Answers.Count, handle);
        Assert.All(rows, row => Assert.Equal(row.Status == 503 ? "QUOTA_UNAVAILABLE" : null, row.ErrorCode));
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.False(((IHostApplicationLifetime)api.Services.GetService(
            typeof(IHostApplicationLifetime))!).ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task An_outage_is_logged_once_when_it_begins_and_once_when_it_has_ended()
    {
        await using var redis = await Servers.StartRedisAsync();
        var api = Keep(await ApiHost.StartAsync(Database.ConnectionString, redis.ConnectionString, Inference.Address));
        var (_, key) = await api.CreateKeyAsync();
        await redis.KillAsync();
        for (var i = 0; i < 30; i++)
        {
            using var refused = await api.RecommendAsync(key);
            await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "QUOTA_UNAVAILABLE");
        }

        await redis.StartAsync();
        for (var i = 0; i < 300 && (await api.RecommendAsync(key)).StatusCode != HttpStatusCode.OK; i++)
        {
            await Task.Delay(100);
        }

        Assert.Single(api.Log.Entries,
            entry => entry.Level == LogLevel.Warning && entry.Text.Contains("Redis does not answer", StringComparison.Ordinal));
        Assert.Single(api.Log.Entries, entry => entry.Text.Contains("Redis answers again", StringComparison.Ordinal));
    }
}
