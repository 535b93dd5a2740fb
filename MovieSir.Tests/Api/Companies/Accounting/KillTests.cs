using System.Diagnostics;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Api.Companies.Accounting;

/// <summary>kill -9 in mid-load: usage rows against the answers that callers received. See docs/architecture/accounting.md.</summary>
public sealed class KillTests(TestServers servers) : ApiTest(servers)
{
    private const int Calls = 150;

    [Fact]
    public async Task After_kill_9_of_Redis_usage_rows_equal_the_answers_and_calls_are_taken_again()
    {
        await using var redis = await Servers.StartRedisAsync();
        var api = Keep(await ApiHost.StartAsync(
            Database.ConnectionString, redis.ConnectionString, Inference.Address, "--Accounting:TakeOverSeconds=1"));
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        await using var load = new Load(api.Client, key);
        await load.UntilAsync(Calls, 200);

        await redis.KillAsync();
        await load.UntilAsync(Calls, 503);
        await redis.StartAsync();
        var recovery = Stopwatch.StartNew();
        await load.UntilAsync(1, 200);
        recovery.Stop();
        await load.UntilAsync(Calls, 200);
        await load.StopAsync();

        Assert.Empty(load.Broken);
        await AssertRowsAreTheAnswersAsync(load, handle);
        TestContext.Current.TestOutputHelper!.WriteLine($"calls were taken again {recovery.Elapsed.TotalSeconds:F1} s after Redis was back");
    }

    [Fact]
    public async Task After_kill_9_of_PostgreSQL_usage_rows_equal_the_answers_and_known_keys_never_noticed()
    {
        await using var postgres = await Servers.StartPostgresAsync(durable: true);
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var api = Keep(await ApiHost.StartAsync(
            postgres.ConnectionString, Redis.ConnectionString, Inference.Address, "--Accounting:TakeOverSeconds=1"));
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        await using var load = new Load(api.Client, key);
        await load.UntilAsync(Calls, 200);

        await postgres.KillAsync();
        await load.UntilAsync(Calls, 200);
        using (var unknown = await api.RecommendAsync(MovieSir.Api.Companies.Keys.ApiKeyFormat.Generate()))
        {
            await unknown.ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, "KEYS_UNAVAILABLE");
        }

        await postgres.StartAsync();
        await load.UntilAsync(Calls, 200);
        await load.StopAsync();

        Assert.Empty(load.Broken);
        Assert.All(load.Answers.Values, status => Assert.Equal(200, status));
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await AssertRowsAreTheAnswersAsync(load, handle, source);
    }

    [Fact]
    public async Task After_kill_9_of_the_API_no_answer_lacks_its_row_and_no_row_but_those_in_flight_lacks_its_answer()
    {
        await using var victim = await ApiProcess.StartAsync(Database.ConnectionString, Redis.ConnectionString, Inference.Address);
        var survivor = await StartApiAsync("--Accounting:TakeOverSeconds=1");
        var (handle, key) = await survivor.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        await using var load = new Load(victim.Client, key);
        await load.UntilAsync(Calls * 2, 200);

        await victim.KillAsync();
        await load.StopAsync();

        var ids = await RowsAsync(handle, Database.DataSource, load.Answers.Count);
        Assert.Empty(load.Answers.Keys.Except(ids));
        var unanswered = ids.Except(load.Answers.Keys).Count();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{load.Answers.Count} answers, {ids.Length} rows; {unanswered} of the {load.Workers} calls in flight were recorded and not received");
        Assert.InRange(unanswered, 0, load.Workers);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task With_Redis_and_PostgreSQL_both_away_calls_are_refused_and_accounted_for_when_one_is_back()
    {
        await using var redis = await Servers.StartRedisAsync();
        await using var postgres = await Servers.StartPostgresAsync(durable: true);
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var api = Keep(await ApiHost.StartAsync(
            postgres.ConnectionString, redis.ConnectionString, Inference.Address, "--Accounting:TakeOverSeconds=1",
            "--Accounting:DirectWriteTimeoutMilliseconds=100"));
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1_000_000, burst: 1_000_000);
        await using var load = new Load(api.Client, key, workers: 4);
        await load.UntilAsync(20, 200);

        await redis.KillAsync();
        await postgres.KillAsync();
        await load.UntilAsync(20, 503);
        await postgres.StartAsync();
        await redis.StartAsync();
        await load.UntilAsync(20, 200);
        await load.StopAsync();

        Assert.Empty(load.Broken);
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await AssertRowsAreTheAnswersAsync(load, handle, source);
    }

    private async Task AssertRowsAreTheAnswersAsync(Load load, PartnerKeyHandle key, NpgsqlDataSource? source = null)
    {
        source ??= Database.DataSource;
        var ids = await RowsAsync(key, source, load.Answers.Count);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{load.Answers.Count} answers ({load.Summary}), {ids.Length} rows");
        Assert.Equal(load.Answers.Keys.Order(), ids.Order());
        await using var command = source.CreateCommand("SELECT sum(calls)::bigint, sum(charged)::bigint FROM b2b.usage_by_day WHERE api_key_id = $1");
        command.Parameters.Add(new() { Value = key.ApiKeyId });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal((load.Answers.Count, load.Answers.Values.Count(status => status == 200)), ((int)reader.GetInt64(0), (int)reader.GetInt64(1)));
    }

    private static async Task<string[]> RowsAsync(PartnerKeyHandle key, NpgsqlDataSource source, int expected)
    {
        string[] ids = [];
        var settled = 0;
        for (var i = 0; i < 600 && settled < 20; i++)
        {
            await Task.Delay(100);
            await using var command = source.CreateCommand("SELECT coalesce(array_agg(request_id), '{}') FROM b2b.request_log WHERE api_key_id = $1");
            command.Parameters.Add(new() { Value = key.ApiKeyId });
            var now = (string[])(await command.ExecuteScalarAsync())!;
            settled = now.Length >= expected && now.Length == ids.Length ? settled + 1 : 0; // and two seconds in which no more comes
            ids = now;
        }

        return ids;
    }
}
