using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Engine;

public sealed class EngineFaultTests(TestServers servers) : ApiTest(servers)
{
    private static readonly string[] Impatient =
        ["--Inference:AttemptTimeoutMilliseconds=400", "--Inference:TotalTimeoutMilliseconds=600", "--Inference:BreakMilliseconds=500"];

    public static TheoryData<string, HttpStatusCode, string> Faults => new()
    {
        { "failing", HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE" },
        { "resetting", HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE" },
        { "talking nonsense", HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE" },
        { "stopping midway", HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE" },
        { "hanging", HttpStatusCode.GatewayTimeout, "AI_SERVICE_TIMEOUT" },
        { "slow", HttpStatusCode.GatewayTimeout, "AI_SERVICE_TIMEOUT" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_engine_costs_nothing_and_is_used_again_when_it_is_well(string fault, HttpStatusCode status, string code)
    {
        var api = await StartApiAsync(Impatient);
        var (handle, key) = await api.CreateKeyAsync();
        Break(fault);
        var longest = TimeSpan.Zero;
        var calls = 0;
        var breakerAnswered = false;
        for (; calls < 14; calls++)
        {
            var watch = Stopwatch.StartNew();
            using var response = await api.RecommendAsync(key);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            // From the tenth failure on the breaker may be open: then nothing is asked, and the answer is 503 whatever the fault.
            if (calls >= 10 && response.StatusCode == HttpStatusCode.ServiceUnavailable && status != HttpStatusCode.ServiceUnavailable)
            {
                await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE");
                breakerAnswered = true;
            }
            else
            {
                await response.ProblemAsync(status, code);
            }

            Assert.Equal("2", response.Header("Retry-After"));
        }

        // A well-formed HTTP answer of the wrong content is no reason to leave the engine alone.
        Assert.True(fault == "talking nonsense" || Inference.Calls.Count < calls || breakerAnswered, "The breaker never opened.");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{fault}: {calls} calls, {Inference.Calls.Count} reached the engine, the longest took {longest.TotalMilliseconds:F0} ms");

        Inference.Behave(null);
        await UntilAnsweredAsync(api, key);
        var rows = await ReadAllAsync(handle);
        Assert.All(rows, row => Assert.Equal(row.Status == 200, row.Charged));
        using var usage = await api.GetAsync(key, "/v1/usage");
        Assert.Equal(1, (await usage.JsonAsync()).GetProperty("data").GetProperty("used").GetInt32());
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_answered_for_at_once()
    {
        var api = Keep(await ApiHost.StartAsync(Database.ConnectionString, Redis.ConnectionString, "http://127.0.0.1:1"));
        var (_, key) = await api.CreateKeyAsync();
        using (await api.RecommendAsync(key))
        {
            // The first call also compiles the path.
        }

        var watch = Stopwatch.StartNew();
        using var response = await api.RecommendAsync(key);
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task An_engine_that_cannot_be_reached_is_answered_for_as_one_that_is_not_there_and_opens_the_breaker()
    {
        // Its queue of connections is full and nobody takes one out: what a host behind a firewall that drops packets looks like.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var fillers = new List<Socket>();
        for (var i = 0; i < 4; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            fillers.Add(filler);
            _ = filler.ConnectAsync(listener.LocalEndPoint!);
        }

        var api = Keep(await ApiHost.StartAsync(
            Database.ConnectionString, Redis.ConnectionString, $"http://{listener.LocalEndPoint}", "--Inference:ConnectTimeoutMilliseconds=300",
            "--Inference:BreakMilliseconds=60000"));
        var (handle, key) = await api.CreateKeyAsync();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            var watch = Stopwatch.StartNew();
            using var response = await api.RecommendAsync(key);
            times.Add(watch.Elapsed);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AI_SERVICE_UNAVAILABLE");
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:F0} ms")));
        // Two attempts a call, until ten have failed.
        Assert.All(times.Take(4), time => Assert.True(time > TimeSpan.FromMilliseconds(500), $"{time}"));
        Assert.True(times[^1] < TimeSpan.FromMilliseconds(300), $"{times[^1]}: the breaker is not open");
        Assert.All(await LogRowsAsync(8, handle), row => Assert.False(row.Charged));
        fillers.ForEach(filler => filler.Dispose());
    }

    [Fact]
    public async Task Sixty_calls_at_once_at_a_slow_engine_are_all_answered()
    {
        // The first service froze for 30 s and more above 15 calls in flight.
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        Inference.Behave(async context =>
        {
            await Task.Delay(300);
            await InferenceStandIn.AnswerAsync(context);
        });
        var responses = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => api.RecommendAsync(key)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Fact]
    public async Task More_calls_than_the_engine_may_have_at_once_are_refused_and_not_left_to_wait()
    {
        var api = await StartApiAsync("--Inference:MaxConcurrentCalls=4");
        var (_, key) = await api.CreateKeyAsync();
        using var gate = new SemaphoreSlim(0);
        Inference.Behave(async context =>
        {
            await gate.WaitAsync();
            await InferenceStandIn.AnswerAsync(context);
        });
        var calls = Enumerable.Range(0, 12).Select(_ => api.RecommendAsync(key)).ToList();
        while (calls.Count(call => call.IsCompleted) < 8)
        {
            await Task.WhenAny(calls.Where(call => !call.IsCompleted));
        }

        gate.Release(12);
        var statuses = (await Task.WhenAll(calls)).Select(response => (int)response.StatusCode).ToList();
        Assert.Equal((4, 8), (statuses.Count(status => status == 200), statuses.Count(status => status == 503)));
    }

    [Fact]
    public async Task What_the_engine_says_of_a_field_is_passed_on_in_the_names_the_partner_used()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        Inference.Behave(context => InferenceStandIn.ProblemAsync(
            context, 422, "UNKNOWN_GENRE", new Dictionary<string, string[]>
            {
                ["preferred_genres[1]"] = ["is no genre"],
                ["available_time"] = ["is odd"]
            }));

        using var first = await api.PostAsync(key, "/v1/recommend", new { available_time = 90, preferred_genres = new[] { "드라마", "x" } });
        var firstErrors = (await first.ProblemAsync(HttpStatusCode.UnprocessableEntity, "UNKNOWN_GENRE")).GetProperty("errors");
        Assert.Equal(["preferred_genres[1]", "available_time"], firstErrors.EnumerateObject().Select(field => field.Name));
        using var second = await api.PostAsync(key, "/v1/recommend", new { runtime_limit = 90, genres = new[] { "드라마", "x" } });
        var secondErrors = (await second.ProblemAsync(HttpStatusCode.UnprocessableEntity, "UNKNOWN_GENRE")).GetProperty("errors");
        Assert.Equal(["genres[1]", "runtime_limit"], secondErrors.EnumerateObject().Select(field => field.Name));

        Inference.Behave(context => InferenceStandIn.ProblemAsync(context, 404, "NO_MATCH"));
        using var none = await api.PostAsync(key, "/v1/recommend_single", new { target_runtime = 90, track = "a" });
        await none.ProblemAsync(HttpStatusCode.NotFound, "NO_MATCH");
        Assert.All(await LogRowsAsync(3, handle), row => Assert.False(row.Charged));
    }

    [Fact]
    public async Task What_a_partner_asks_reaches_the_engine_whole_by_either_name()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var recommended = await api.PostAsync(key, "/v1/recommend", new
        {
            runtime_limit = 200,
            genres = new[] { "드라마" },
            preferred_otts = new[] { "Netflix" },
            user_movie_ids = new[] { 1, 2 },
            excluded_ids_a = new[] { 3 },
            excluded_ids_b = new[] { 4 },
            negative_movie_ids = new[] { 5 },
            allow_adult = true,
            seed = 7,
        });
        Assert.Equal(HttpStatusCode.OK, recommended.StatusCode);
        using var single = await api.PostAsync(key, "/v1/recommend_single", new
        {
            target_runtime = 100,
            track = "b",
            excluded_ids = new[] { 6 },
            negative_movie_ids = new[] { 5, 8 },
        });
        Assert.Equal(HttpStatusCode.OK, single.StatusCode);
        Assert.Equal(0, (await single.JsonAsync()).GetProperty("data").GetProperty("fallback_level").GetInt32());

        var calls = Inference.Calls.Select(call => (call.Path, Body: JsonDocument.Parse(call.Body).RootElement)).ToList();
        Assert.Equal(["/recommend", "/recommend_single"], calls.Select(call => call.Path));
        var body = calls[0].Body;
        Assert.Equal(200, body.GetProperty("available_time").GetInt32());
        Assert.Equal("드라마", body.GetProperty("preferred_genres")[0].GetString());
        Assert.Equal("Netflix", body.GetProperty("preferred_otts")[0].GetString());
        Assert.Equal([1, 2], body.GetProperty("user_movie_ids").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(3, body.GetProperty("excluded_ids_a")[0].GetInt32());
        Assert.Equal(4, body.GetProperty("excluded_ids_b")[0].GetInt32());
        Assert.Equal(5, body.GetProperty("negative_movie_ids")[0].GetInt32());
        Assert.True(body.GetProperty("allow_adult").GetBoolean());
        Assert.Equal(7, body.GetProperty("seed").GetInt64());
        Assert.Equal((100, "b"), (calls[1].Body.GetProperty("target_runtime").GetInt32(), calls[1].Body.GetProperty("track").GetString()));
        // The first service ignored dislikes when it replaced a movie.
        Assert.Equal([5, 8], calls[1].Body.GetProperty("negative_movie_ids").EnumerateArray().Select(id => id.GetInt32()));
    }

    private void Break(string fault)
    {
        switch (fault)
        {
            case "failing":
                Inference.Fail(500);
                break;
            case "resetting":
                Inference.Reset();
                break;
            case "hanging":
                Inference.Hang();
                break;
            case "slow":
                Inference.Behave(async context =>
                {
                    await Task.Delay(1000, context.RequestAborted);
                    await InferenceStandIn.AnswerAsync(context);
                });
                break;
            case "talking nonsense":
                Inference.Behave(context => context.Response.Body.WriteAsync("<html>"u8.ToArray()).AsTask());
                break;
            case "stopping midway":
                Inference.Behave(async context =>
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.Body.WriteAsync("{\"track_a\":"u8.ToArray());
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }

    private static async Task UntilAnsweredAsync(ApiHost api, string key)
    {
        for (var i = 0; i < 200; i++)
        {
            using var response = await api.RecommendAsync(key);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("The engine is well again and not used.");
    }

    private async Task<IReadOnlyList<LogRow>> ReadAllAsync(PartnerKeyHandle handle)
    {
        var answered = await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1 AND status = 200", handle.ApiKeyId);
        while (answered == 0)
        {
            await Task.Delay(20);
            answered = await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1 AND status = 200", handle.ApiKeyId);
        }

        return await LogRowsAsync(
            (int)await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE api_key_id = $1", handle.ApiKeyId), handle);
    }
}
