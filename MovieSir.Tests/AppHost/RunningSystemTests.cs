using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using MovieSir.Data;
using Npgsql;

namespace MovieSir.Tests.AppHost;

[Collection(AppHostTests.Name)]
public sealed class RunningSystemTests(RunningSystem system)
{
    [Fact]
    public async Task A_partner_with_a_key_gets_two_tracks_that_fill_the_time()
    {
        var key = await system.CreateKeyAsync("PRO");

        using var answer = JsonDocument.Parse(await SuccessAsync(key));

        var data = answer.RootElement.GetProperty("data");
        foreach (var name in (string[])["track_a", "track_b"])
        {
            var track = data.GetProperty(name);
            Assert.NotEmpty(track.GetProperty("movies").EnumerateArray());
            Assert.InRange(track.GetProperty("total_runtime").GetInt32(), 162, 180);
        }
    }

    [Fact]
    public async Task The_dashboards_commands_make_a_key_and_back_the_database_up()
    {
        var key = await system.RunAsync("api", "create-key", ("company", "Dashboard"), ("plan", "BASIC"));
        using var response = await system.RecommendAsync(key.Split('\n').Single(line => line.StartsWith("sk-moviesir-", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        await system.RunAsync("postgres", "back-up");
        Assert.Single(Directory.EnumerateFiles(Path.Combine(system.Home, "backups"), "*.dump"));
    }

    [Fact]
    public async Task The_dashboards_commands_embed_and_train_what_is_new_and_say_where_there_is_no_older_model()
    {
        Assert.Contains("490 unchanged", await system.RunAsync("catalog", "embed"), StringComparison.Ordinal);
        Assert.Contains("Nothing to do", await system.RunAsync("catalog", "train"), StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => system.RunAsync("catalog", "previous-model"));
        Assert.Contains("no model version before", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "/")]
    [InlineData("demo.localhost", "/")]
    [InlineData("console.localhost", "/")]
    [InlineData("api.localhost", "/")]
    [InlineData("api.localhost", "/openapi.json")]
    public async Task The_edge_serves_the_sites_and_the_way_to_the_api(string host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.AddressOf("edge"), path)) { Headers = { Host = host } };
        using var response = await system.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(path == "/" ? "text/html" : "application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Two_hundred_calls_at_a_limit_of_fifty_on_two_processes_admit_exactly_fifty_and_log_each()
    {
        const int Limit = 50;
        const int Calls = 200;
        var key = await system.CreateKeyAsync("PRO", "--daily-limit", $"{Limit}", "--burst", "1000");
        var replicas = system.Replicas();
        Assert.Equal(2, replicas.Count);
        foreach (var replica in replicas)
        {
            await KnownToAsync(replica, key);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async call =>
        {
            using var response = await system.RecommendAsync(key, replicas[call % 2]);
            return (response.StatusCode, RequestId: Assert.Single(response.Headers.GetValues("X-Request-Id")));
        }));

        Assert.Equal(
            [(HttpStatusCode.OK, Limit), (HttpStatusCode.TooManyRequests, Calls - Limit)],
            answers.GroupBy(answer => answer.StatusCode).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        await AssertLoggedOnceAsync([.. answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).Select(answer => answer.RequestId)]);
    }

    [Fact]
    public async Task Each_service_connects_as_its_own_role_and_none_as_the_owner()
    {
        var key = await system.CreateKeyAsync("PRO");
        await SuccessAsync(key);
        await using var source = NpgsqlDataSource.Create($"{await system.DatabaseAsync()};Pooling=false");
        await using var command = source.CreateCommand(
            "SELECT DISTINCT usename::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1");
        await RunningSystem.UntilAsync(async () =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            var connected = new List<string>();
            while (await reader.ReadAsync())
            {
                connected.Add(reader.GetString(0));
            }

            return connected.SequenceEqual([DatabaseRoles.Api, DatabaseRoles.Inference]); // the command that made the key is gone a moment later
        });
    }

    [Theory]
    [InlineData("inference")]
    [InlineData("api")]
    [InlineData("redis")]
    [InlineData("postgres")]
    public async Task A_killed_process_is_started_again_by_its_command_and_no_answered_call_is_lost(string name)
    {
        var key = await system.CreateKeyAsync("ENTERPRISE", "--burst", "1000");
        await SuccessAsync(key);
        var killed = system.PartsOf(name)[0];
        var answered = new ConcurrentBag<string>();
        var unexpected = new ConcurrentBag<string>();
        using var enough = new CancellationTokenSource();
        var replicas = system.Replicas();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => LoadAsync(key, replicas[worker % 2], answered, unexpected, enough.Token)));

        await RunningSystem.UntilAsync(() => answered.Count > 20);
        killed.Kill();
        await RunningSystem.UntilAsync(() => system.Part(killed.Id).HasEnded);
        await system.StartAsync(killed);
        await RunningSystem.UntilAsync(() => system.Part(killed.Id).IsHealthy);
        await SuccessAsync(key);
        var atRecovery = answered.Count;
        await RunningSystem.UntilAsync(() => answered.Count > atRecovery + 20);
        await enough.CancelAsync();
        await load;

        Assert.NotEqual(killed.ProcessId, system.Part(killed.Id).ProcessId);
        Assert.Equal([], unexpected.Distinct());
        TestContext.Current.SendDiagnosticMessage("{0} killed: {1} calls answered", name, answered.Count);
        await AssertLoggedOnceAsync([.. answered]);
    }

    [Fact]
    public async Task A_service_that_was_stopped_is_not_told_of_as_done()
    {
        var mail = system.PartsOf("mail")[0];

        await system.RunAsync("mail", KnownResourceCommands.StopCommand);
        await RunningSystem.UntilAsync(() => StateOf("mail") is "Ended" or "Done");
        var (service, job) = (StateOf("mail"), StateOf("catalog"));
        await system.StartAsync(mail);
        await RunningSystem.UntilAsync(() => StateOf("mail") == "Healthy");

        Assert.Equal(("Ended", "Done"), (service, job));
    }

    /// <summary>What <c>./moviesir status</c> says of a part.</summary>
    private string StateOf(string name) => File.ReadLines(Path.Combine(system.Home, "run", "status"))
        .Select(line => line.Split('\t')).Single(part => part[0] == name)[1];

    private async Task LoadAsync(
        string key, Uri replica, ConcurrentBag<string> answered, ConcurrentBag<string> unexpected, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var response = await system.RecommendAsync(key, replica);
                if (response.IsSuccessStatusCode)
                {
                    answered.Add(Assert.Single(response.Headers.GetValues("X-Request-Id")));
                }
                else if (await OutageCodeAsync(response) is { } problem)
                {
                    unexpected.Add(problem);
                }
            }
            catch (HttpRequestException)
            {
                // The API itself was killed: its connections break.
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <returns>Null for 503 or 504 with a stable code, which is what an outage may look like; the answer itself otherwise.</returns>
    private static async Task<string?> OutageCodeAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var isOutage = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            && response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && JsonDocument.Parse(body).RootElement.TryGetProperty("code", out _);
        return isOutage ? null : $"{(int)response.StatusCode} {body}";
    }

    /// <summary>The body of a successful call; calls again while the system is still recovering.</summary>
    private async Task<string> SuccessAsync(string key)
    {
        string? body = null;
        await RunningSystem.UntilAsync(async () =>
        {
            try
            {
                using var response = await system.RecommendAsync(key);
                body = await response.Content.ReadAsStringAsync();
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return body!;
    }

    /// <summary>Returns once a process answers to the key, by a call that is not charged.</summary>
    private Task KnownToAsync(Uri replica, string key) => RunningSystem.UntilAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica, "/v1/usage"));
        request.Headers.Add("X-API-Key", key);
        using var response = await system.Http.SendAsync(request);
        return response.IsSuccessStatusCode;
    });

    private async Task AssertLoggedOnceAsync(string[] requestIds)
    {
        await using var source = NpgsqlDataSource.Create(await system.DatabaseAsync());
        Dictionary<string, long> logged = [];
        await RunningSystem.UntilAsync(async () =>
        {
            logged = await LoggedAsync(source, requestIds);
            return logged.Count == requestIds.Length;
        });
        Assert.All(logged, each => Assert.Equal(1, each.Value));
    }

    private static async Task<Dictionary<string, long>> LoggedAsync(NpgsqlDataSource source, string[] requestIds)
    {
        await using var command = source.CreateCommand(
            "SELECT request_id, count(*) FROM b2b.request_log WHERE request_id = ANY ($1) GROUP BY request_id");
        command.Parameters.Add(new() { Value = requestIds });
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync())
        {
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return counts;
    }
}
