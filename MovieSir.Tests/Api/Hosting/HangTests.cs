using System.Globalization;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Hosting;

/// <summary>
/// A dependency that hangs (SIGSTOP) and goes on (SIGCONT), under load on two replicas: no process ends, no answer is 500, none is late, none is
/// without its row, and known keys are served where their calls need nothing else.
/// </summary>
/// <remarks><c>MOVIESIR_HANG_SECONDS=60</c> lets them hang that long in place of 3 seconds.</remarks>
[Collection(Alone.Name)]
public sealed class HangTests(TestServers servers) : ApiTest(servers)
{
    // What docs/architecture/accounting.md states for a call, and the part of a machine that is busy with two replicas and their load.
    private static readonly TimeSpan BusyMachine = TimeSpan.FromSeconds(4);

    public static TheoryData<string, int> Hangs()
    {
        var data = new TheoryData<string, int>();
        var seconds = Environment.GetEnvironmentVariable("MOVIESIR_HANG_SECONDS") ?? "3";
        foreach (var length in seconds.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            foreach (var dependency in new[] { "Redis", "PostgreSql", "Engine" })
            {
                data.Add(dependency, length);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Hangs))]
    public async Task A_hang_costs_refusals_in_time_and_nothing_else(string dependency, int seconds)
    {
        await using var postgres = await Servers.StartPostgresAsync();
        await using var redis = await Servers.StartRedisAsync();
        await TestServers.MigrateAsync(postgres.ConnectionString);
        await using var one = await ApiProcess.StartAsync(postgres.ConnectionString, redis.ConnectionString, Inference.Address);
        await using var other = await ApiProcess.StartAsync(postgres.ConnectionString, redis.ConnectionString, Inference.Address);
        var maker = Keep(await ApiHost.StartAsync(postgres.ConnectionString, redis.ConnectionString, Inference.Address));
        var (handle, key) = await maker.CreateKeyAsync(dailyLimit: 10_000_000, burst: 1_000_000);
        await using var load = new Load(one.Client, key, 4);
        await using var otherLoad = new Load(other.Client, key, 4);
        await UntilServedAsync(load, otherLoad);

        var hanging = new TaskCompletionSource();
        await (dependency switch
        {
            "Redis" => redis.PauseAsync(),
            "PostgreSql" => postgres.PauseAsync(),
            _ => Hang(hanging.Task),
        });
        var before = load.Answers.Count;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var during = load.Answers.Count - before;
        hanging.SetResult();
        Inference.Behave(InferenceStandIn.AnswerAsync);
        await (dependency switch { "Redis" => redis.ResumeAsync(), "PostgreSql" => postgres.ResumeAsync(), _ => Task.CompletedTask });
        await UntilServedAsync(load, otherLoad);
        await load.StopAsync();
        await otherLoad.StopAsync();

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{dependency} hangs for {seconds} s: {load.Summary} and {otherLoad.Summary} ({during} meanwhile), the longest took "
            + $"{load.Longest.TotalSeconds:F1} and {otherLoad.Longest.TotalSeconds:F1} s");
        foreach (var (api, calls) in new[] { (one, load), (other, otherLoad) })
        {
            Assert.False(api.HasExited);
            Assert.Empty(calls.Broken);
            Assert.Empty(calls.Answers.Values.Except(Expected(dependency)));
            Assert.True(calls.Longest < Limit(dependency) + BusyMachine, $"{calls.Longest}");
            Assert.True(api.Output.Count(line => line.Contains($"{dependency} does not answer", StringComparison.Ordinal)) <= 2);
            Assert.DoesNotContain(api.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
        }

        var answers = load.Answers.Keys.Concat(otherLoad.Answers.Keys).ToHashSet();
        Assert.Subset(await RowsAsync(postgres, handle, answers.Count), answers);
    }

    private static async Task UntilServedAsync(params Load[] loads)
    {
        foreach (var load in loads)
        {
            await load.UntilAsync(50, 200);
        }
    }

    private Task Hang(Task until)
    {
        Inference.Behave(async context =>
        {
            await until;
            await InferenceStandIn.AnswerAsync(context);
        });
        return Task.CompletedTask;
    }

    private static int[] Expected(string dependency) => dependency switch
    {
        "Redis" => [200, 503],
        "PostgreSql" => [200],
        _ => [200, 503, 504],
    };

    private static TimeSpan Limit(string dependency) => dependency switch
    {
        "Redis" => TimeSpan.FromSeconds(5), // the quota is asked for, and the call is settled
        "PostgreSql" => TimeSpan.FromSeconds(1.5), // one look-up; after it the key is known
        _ => TimeSpan.FromSeconds(6), // all attempts together
    };

    /// <summary>Request ids of the log, once there are as many as answers.</summary>
    private static async Task<HashSet<string>> RowsAsync(EmbeddedServer postgres, PartnerKeyHandle handle, int expected)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(postgres.ConnectionString);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var command = source.CreateCommand("SELECT request_id FROM b2b.request_log WHERE api_key_id = $1");
            command.Parameters.Add(new() { Value = handle.ApiKeyId });
            await using var reader = await command.ExecuteReaderAsync(limit.Token);
            var rows = new HashSet<string>();
            while (await reader.ReadAsync(limit.Token))
            {
                rows.Add(reader.GetString(0));
            }

            if (rows.Count >= expected)
            {
                return rows;
            }

            await Task.Delay(100, limit.Token);
        }
    }
}
