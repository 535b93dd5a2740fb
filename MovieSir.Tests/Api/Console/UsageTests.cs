using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Api.Companies.Quota;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>What a company reads of its calls: sums, latencies, the log and the live feed.</summary>
public sealed class UsageTests(TestServers servers) : ConsoleTest(servers)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Without_calls_there_are_zeros_and_no_invented_numbers()
    {
        var owner = await OwnerAsync();

        var dashboard = await GetAsync(owner, "/b2b/dashboard");

        Assert.Equal(("free", 100, 100, 0),
            (dashboard.GetProperty("plan").GetString(), dashboard.GetProperty("daily_limit").GetInt32(),
                dashboard.GetProperty("remaining").GetInt32(), dashboard.GetProperty("key_count").GetInt32()));
        Assert.Equal("""{"calls":0,"charged":0,"errors":0,"success_rate":null}""", dashboard.GetProperty("today").GetRawText());
        Assert.Equal("""{"calls":0,"average_ms":null,"p50_ms":null,"p95_ms":null,"p99_ms":null}""", dashboard.GetProperty("latency").GetRawText());
        Assert.Equal(7, dashboard.GetProperty("days").GetArrayLength());
        var usage = await GetAsync(owner, "/b2b/usage?days=30");
        Assert.Equal((30, JsonValueKind.Null),
            (usage.GetProperty("days").GetArrayLength(), usage.GetProperty("totals").GetProperty("success_rate").ValueKind));
        foreach (var path in new[]
        {
            "/b2b/usage?days=8", "/b2b/usage/keys?days=0", "/b2b/logs?limit=201", "/b2b/logs?status=abc", "/b2b/logs?cursor=x",
        })
        {
            using var refused = await owner.GetAsync(path);
            await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }
    }

    [Fact]
    public async Task Sums_are_the_companys_own_by_day_of_Seoul()
    {
        var owner = await OwnerAsync("Ours");
        var stranger = await OwnerAsync("Theirs");
        var (keyId, _) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        await WriteAsync(
            Call(companyId, keyId, Now, 200), Call(companyId, keyId, Now, 404), Call(companyId, keyId, Now, 503, endpoint: "/v1/search"),
            Call(companyId, keyId, Now.AddDays(-1), 200), Call(companyId, keyId, Now.AddDays(-8), 200), Call(companyId, keyId, Now.AddDays(-20), 200),
            Call(await CompanyIdAsync(stranger), Guid.NewGuid(), Now, 200));

        var dashboard = await GetAsync(owner, "/b2b/dashboard");
        Assert.Equal(
            """{"calls":3,"charged":1,"errors":2,"success_rate":0.3333333333333333}""", dashboard.GetProperty("today").GetRawText());
        Assert.Equal("""{"calls":1,"charged":1,"errors":0,"success_rate":1}""", dashboard.GetProperty("yesterday").GetRawText());
        Assert.Equal(99, dashboard.GetProperty("remaining").GetInt32());

        var usage = await GetAsync(owner, "/b2b/usage?days=7");
        Assert.Equal(SeoulDay.Of(Now).ToString("O", null), usage.GetProperty("to").GetString());
        Assert.Equal("""{"calls":4,"charged":2,"client_errors":1,"server_errors":1,"success_rate":0.5}""", usage.GetProperty("totals").GetRawText());
        Assert.Equal(1, usage.GetProperty("previous").GetProperty("calls").GetInt32());

        var endpoints = (await GetAsync(owner, "/b2b/usage/endpoints?days=30")).GetProperty("endpoints");
        Assert.Equal(["/v1/recommend 5 1", "/v1/search 1 1"], endpoints.EnumerateArray().Select(endpoint =>
            $"{endpoint.GetProperty("endpoint").GetString()} {endpoint.GetProperty("calls")} {endpoint.GetProperty("errors")}"));
        using (await owner.DeleteAsync($"/b2b/api-keys/{keyId}"))
        {
            var key = (await GetAsync(owner, "/b2b/usage/keys?days=90")).GetProperty("keys").EnumerateArray().Single();
            Assert.Equal(
                (keyId, true, 6L),
                (key.GetProperty("key_id").GetGuid(), key.GetProperty("is_deleted").GetBoolean(), key.GetProperty("calls").GetInt64()));
        }
    }

    [Fact]
    public async Task Percentiles_are_within_3_6_percent_of_the_exact_ones_and_averages_are_exact()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        var random = new Random(7);
        var latencies = Enumerable.Range(0, 4000).Select(_ => (float)Math.Exp((random.NextDouble() * 9) - 1)).ToArray(); // 0.4 ms to 3 s
        foreach (var part in latencies.Chunk(1000))
        {
            await WriteAsync([.. part.Select((ms, n) => Call(companyId, keyId, n % 2 == 0 ? Now : Now.AddDays(-1), 200, ms))]);
        }

        var answer = await GetAsync(owner, "/b2b/usage/response-time?days=7");

        var total = answer.GetProperty("total");
        var sorted = latencies.Order().ToArray();
        foreach (var (name, share) in new[] { ("p50_ms", 0.5), ("p95_ms", 0.95), ("p99_ms", 0.99) })
        {
            var exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            Assert.InRange(total.GetProperty(name).GetDouble() / exact, 1 / 1.036, 1.036);
        }

        Assert.Equal(latencies.Average(ms => (double)ms), total.GetProperty("average_ms").GetDouble(), 3);
        var days = answer.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal((2000, 2000), (days[^1].GetProperty("calls").GetInt32(), days[^2].GetProperty("calls").GetInt32()));
        Assert.Equal(JsonValueKind.Null, days[0].GetProperty("p50_ms").ValueKind);
        // An event that is written again is counted once.
        Assert.Equal(4000, await ScalarAsync<long>("SELECT sum(calls)::bigint FROM b2b.usage_latency"));
    }

    [Fact]
    public async Task An_event_that_is_written_twice_is_in_the_histogram_once()
    {
        var call = Call(Guid.NewGuid(), Guid.NewGuid(), Now, 200);
        await WriteAsync(call);
        await WriteAsync(call);

        Assert.Equal(1, await ScalarAsync<long>("SELECT sum(calls)::bigint FROM b2b.usage_latency"));
    }

    [Fact]
    public async Task Pages_of_the_log_hold_every_row_once_while_rows_arrive()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        // Several at one moment, over two months.
        var calls = Enumerable.Range(0, 130).Select(n => Call(companyId, keyId, Now.AddMinutes(-(n / 3)).AddDays(n > 100 ? -40 : 0), 200)).ToArray();
        await WriteAsync(calls);
        await WriteAsync(Call(Guid.NewGuid(), Guid.NewGuid(), Now, 200));

        var found = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(owner, $"/b2b/logs?limit=17{(cursor is null ? "" : $"&cursor={cursor}")}");
            found.AddRange(page.GetProperty("logs").EnumerateArray().Select(row => row.GetProperty("log_id").GetGuid()));
            cursor = page.GetProperty("next_cursor").GetString();
            await WriteAsync(Call(companyId, keyId, DateTimeOffset.UtcNow.AddMinutes(1), 200)); // newer than every page
        }
        while (cursor is not null);

        Assert.Equal(130, found.Count);
        Assert.Equal(calls.Select(call => call.EventId).Order(), found.Order());
    }

    [Fact]
    public async Task The_log_is_narrowed_by_the_server()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        var (ok, missing, away, old, deleted) = (
            Call(companyId, keyId, Now, 200), Call(companyId, keyId, Now, 404), Call(companyId, Guid.NewGuid(), Now, 503, endpoint: "/v1/search"),
            Call(companyId, keyId, Now.AddDays(-3), 200), Call(companyId, keyId, Now, 405, method: "DELETE"));
        await WriteAsync(ok, missing, away, old, deleted);
        var day = SeoulDay.Of(Now.AddDays(-3));
        foreach (var (query, expected) in new (string, RequestLogEntry[])[]
        {
            ("status=2xx", [ok, old]), ("status=404", [missing]), ("status=4xx", [missing, deleted]), ("status=5xx", [away]),
            ("method=delete", [deleted]), ("endpoint=/v1/search", [away]), ($"key_id={keyId}", [ok, missing, old, deleted]),
            ($"request_id={missing.RequestId}", [missing]), ($"from={day:O}&to={day:O}", [old]),
            ($"from={day.AddDays(1):O}", [ok, missing, away, deleted]),
            ($"to={day.AddDays(-1):O}", []), ($"key_id={keyId}&status=2xx&to={day:O}", [old]),
        })
        {
            var rows = (await GetAsync(owner, $"/b2b/logs?{query}")).GetProperty("logs").EnumerateArray();
            Assert.Equal(expected.Select(call => call.EventId).Order(), rows.Select(row => row.GetProperty("log_id").GetGuid()).Order());
        }
    }

    [Fact]
    public async Task One_call_is_shown_with_all_that_is_known_of_it_to_its_company_alone()
    {
        await ExecuteAsync("""
            INSERT INTO catalog.movies (
              movie_id, title, title_ko, runtime_minutes, vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)
            VALUES (13, 'Movie 13', '영화 13', 95, 7, 1, 1, false, '{}', false, false)
            """);
        var owner = await OwnerAsync("Ours");
        var (keyId, _) = await KeyAsync(owner);
        var call = Call(await CompanyIdAsync(owner), keyId, Now, 200);
        (call.ClientUserId, call.AvailableMinutes, call.RecommendationId, call.MovieIds) = ("seat 12A", 180, Guid.CreateVersion7(), [13, 999]);
        call.ClientAddress = IPAddress.Parse("203.0.113.9");
        await WriteAsync(call);

        var log = await GetAsync(owner, $"/b2b/logs/{call.EventId}");

        Assert.Equal(("seat 12A", "203.0.113.9", 180, call.RequestId, "첫 키"),
            (log.GetProperty("client_user_id").GetString(), log.GetProperty("client_address").GetString(),
                log.GetProperty("available_minutes").GetInt32(), log.GetProperty("request_id").GetString(), log.GetProperty("key_name").GetString()));
        var movie = Assert.Single(log.GetProperty("movies").EnumerateArray());
        Assert.Equal((13, "영화 13", 95),
            (movie.GetProperty("movie_id").GetInt32(), movie.GetProperty("title").GetString(), movie.GetProperty("runtime").GetInt32()));
        var stranger = await OwnerAsync("Theirs");
        foreach (var id in new[] { call.EventId, Guid.CreateVersion7(), Guid.NewGuid() })
        {
            using var refused = await stranger.GetAsync($"/b2b/logs/{id}");
            await refused.ProblemAsync(HttpStatusCode.NotFound, "LOG_NOT_FOUND");
        }
    }

    [Fact]
    public async Task The_export_has_the_rows_of_its_filter_and_no_formula()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner, new { name = "=1+1\",x" });
        var companyId = await CompanyIdAsync(owner);
        await WriteAsync([.. Enumerable.Range(0, 300).Select(n => Call(companyId, keyId, Now, n == 0 ? 404 : 200))]);

        using var response = await owner.GetAsync("/b2b/logs.csv?status=2xx");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(Token)).TrimEnd().Split('\n');
        Assert.Equal(300, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(",\"'=1+1\"\",x\",", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_live_feed_tells_new_calls_goes_on_where_it_was_and_is_bounded()
    {
        var owner = await OwnerAsync();
        var (keyId, _) = await KeyAsync(owner);
        var companyId = await CompanyIdAsync(owner);
        await WriteAsync(Call(companyId, keyId, DateTimeOffset.UtcNow, 200));
        string last;
        using (var feed = await FollowAsync(owner, null))
        {
            await Task.Delay(1500, Token); // it has looked once, and what was there before is not news
            var first = Call(companyId, keyId, DateTimeOffset.UtcNow, 200);
            await WriteAsync(first);
            (last, var data) = await NextAsync(feed);
            Assert.Equal(first.EventId, data.GetProperty("log_id").GetGuid());
            // One that took long bears an earlier time, and is told all the same.
            var slow = Call(companyId, keyId, DateTimeOffset.UtcNow.AddSeconds(-20), 200);
            await WriteAsync(slow);
            Assert.Equal(slow.EventId, (await NextAsync(feed)).Data.GetProperty("log_id").GetGuid());
        }

        var missed = Call(companyId, keyId, DateTimeOffset.UtcNow.AddMilliseconds(1), 200);
        await WriteAsync(missed);
        using (var again = await FollowAsync(owner, last))
        {
            Assert.Equal(missed.EventId, (await NextAsync(again)).Data.GetProperty("log_id").GetGuid());
        }

        var feeds = new List<StreamReader>();
        for (var i = 0; i < 5; i++)
        {
            feeds.Add(await FollowAsync(owner, null)); // those before have ended by now, or soon will have
        }

        using (var refused = await owner.GetAsync("/b2b/live-feed"))
        {
            await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_STREAMS");
        }

        feeds.ForEach(feed => feed.Dispose());
        await WithinFiveSecondsAsync(async () =>
        {
            using var response = await SendFollowAsync(owner, null);
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    private Task<HttpResponseMessage> SendFollowAsync(MemberBrowser browser, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/b2b/live-feed");
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        return Api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private async Task<StreamReader> FollowAsync(MemberBrowser browser, string? last)
    {
        var response = await SendFollowAsync(browser, last);
        await WithinFiveSecondsAsync(async () =>
        {
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                response = await SendFollowAsync(browser, last);
            }

            return response.StatusCode == HttpStatusCode.OK;
        });
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(Token));
    }

    private static async Task<(string Id, JsonElement Data)> NextAsync(StreamReader feed)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var id = "";
        while (await feed.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line["id: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, JsonDocument.Parse(line["data: ".Length..]).RootElement);
            }
        }

        throw new InvalidOperationException("The feed has ended.");
    }

    private static RequestLogEntry Call(
        Guid companyId, Guid keyId, DateTimeOffset at, int status, float latencyMs = 12.5f, string endpoint = "/v1/recommend", string method = "POST")
    {
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        return new RequestLogEntry
        {
            EventId = Guid.CreateVersion7(at),
            OccurredAt = at,
            UsageDay = SeoulDay.Of(at),
            ApiKeyId = keyId,
            CompanyId = companyId,
            RequestId = Guid.NewGuid().ToString("N"),
            Method = method,
            Endpoint = endpoint,
            Status = (short)status,
            ErrorCode = status < 400 ? null : "SOME_CODE",
            LatencyMs = latencyMs,
            Charged = status < 300,
        };
    }

    private async Task WriteAsync(params RequestLogEntry[] calls)
    {
        var write = await Api.Services.GetRequiredService<UsageStore>()
            .WriteAsync(calls.Select(call => UsageEventJson.Serialize(new UsageEvent(call, null))));
        Assert.IsType<UsageWrite.Written>(write);
    }
}
