using System.Net;
using MovieSir.Api.Companies.Quota;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.Quota;

public sealed class QuotaTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task Two_replicas_admit_exactly_50_of_200_parallel_calls_at_a_limit_of_50()
    {
        ApiHost[] replicas = [await StartApiAsync(), await StartApiAsync()];
        var (handle, key) = await replicas[0].CreateKeyAsync(dailyLimit: 50);

        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => replicas[i % 2].RecommendAsync(key)));

        var remaining = new List<int>();
        foreach (var response in responses)
        {
            Assert.StartsWith("\"daily\";q=50;w=86400, ", response.Header("RateLimit-Policy"), StringComparison.Ordinal);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                remaining.Add((await response.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
                Assert.StartsWith($"\"daily\";r={remaining[^1]};t=", response.Header("RateLimit"), StringComparison.Ordinal);
            }
            else
            {
                await response.ProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
                Assert.StartsWith("\"daily\";r=0;t=", response.Header("RateLimit"), StringComparison.Ordinal);
                Assert.InRange(int.Parse(response.Header("Retry-After"), null), 1, 86_400);
            }

            response.Dispose();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{remaining.Count} of {responses.Length} admitted");
        Assert.Equal(Enumerable.Range(0, 50), remaining.Order());
        var rows = await LogRowsAsync(200, handle);
        Assert.Equal((50, 150), (rows.Count(row => row.Charged && row.Status == 200), rows.Count(row => !row.Charged && row.Status == 429)));
        Assert.Equal(50, Inference.Calls.Count);
    }

    [Fact]
    public async Task Three_keys_of_a_company_on_two_replicas_make_exactly_as_many_calls_as_its_plan_allows_and_another_company_its_own()
    {
        ApiHost[] replicas = [await StartApiAsync(), await StartApiAsync()];
        var keys = new List<(PartnerKeyHandle Handle, string Key)>();
        foreach (var limit in new int?[] { null, null, 20 })
        {
            keys.Add(await replicas[0].CreateKeyAsync(plan: Plan.Free, dailyLimit: limit));
        }

        var (_, other) = await replicas[0].CreateKeyAsync(company: "다른 회사", plan: Plan.Free);
        var answers = await Task.WhenAll(Enumerable.Range(0, 240).Select(async i =>
        {
            using var response = await replicas[i % 2].RecommendAsync(keys[i % 3].Key);
            return (Key: i % 3, response.StatusCode);
        }));

        Assert.Equal(100, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.InRange(answers.Count(answer => answer is { Key: 2, StatusCode: HttpStatusCode.OK }), 0, 20);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        await LogRowsAsync(240);
        Assert.Equal(100L, await ScalarAsync<long>("SELECT sum(charged)::bigint FROM b2b.usage_by_day"));
        foreach (var (_, key) in keys)
        {
            using var usage = await replicas[1].GetAsync(key, "/v1/usage");
            Assert.Equal(0, (await usage.JsonAsync()).GetProperty("data").GetProperty("remaining").GetInt32());
        }

        using var theirs = await replicas[0].RecommendAsync(other);
        Assert.Equal(99, (await theirs.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
    }

    [Fact]
    public async Task A_keys_own_limit_bounds_it_and_leaves_the_rest_to_the_others()
    {
        var api = await StartApiAsync();
        var (_, small) = await api.CreateKeyAsync(plan: Plan.Free, dailyLimit: 2);
        var (_, open) = await api.CreateKeyAsync(plan: Plan.Free);
        for (var i = 0; i < 2; i++)
        {
            using var admitted = await api.RecommendAsync(small);
            Assert.Equal(1 - i, (await admitted.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
        }

        using (var refused = await api.RecommendAsync(small))
        {
            await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        }

        using var others = await api.RecommendAsync(open);
        Assert.Equal(97, (await others.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
        using (var invalid = await api.PostRawAsync(open, "/v1/recommend", "{"))
        {
            Assert.StartsWith("\"daily\";r=97;", invalid.Header("RateLimit"), StringComparison.Ordinal); // not charged: its places are given back
        }
    }

    [Fact]
    public async Task The_first_of_a_thousand_says_999_and_the_last_says_0()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync(plan: Plan.Basic);
        for (var expected = 999; expected >= 0; expected--)
        {
            using var response = await api.RecommendAsync(key);
            Assert.Equal(expected, (await response.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
        }

        using var refused = await api.RecommendAsync(key);
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
    }

    [Theory]
    [InlineData(Plan.Free, 100)]
    [InlineData(Plan.Basic, 1_000)]
    [InlineData(Plan.Pro, 10_000)]
    [InlineData(Plan.Enterprise, 100_000)]
    public async Task A_plan_allows_what_the_contract_says(Plan plan, int callsPerDay)
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync(plan: plan, burst: null);
        using var response = await api.GetAsync(key, "/v1/usage");
        var usage = (await response.JsonAsync()).GetProperty("data");
        Assert.Equal(callsPerDay, usage.GetProperty("daily_limit").GetInt32());
        Assert.Equal(callsPerDay, usage.GetProperty("remaining").GetInt32());
        Assert.Equal(plan.ToString().ToLowerInvariant(), usage.GetProperty("plan").GetString());
    }

    [Fact]
    public async Task A_call_leaves_the_stored_limits_of_its_key_as_they_are()
    {
        // The first service rewrote the limit of a BASIC key at its first call.
        var api = await StartApiAsync();
        var (plain, plainKey) = await api.CreateKeyAsync(plan: Plan.Basic, burst: null);
        var (custom, customKey) = await api.CreateKeyAsync(plan: Plan.Basic, dailyLimit: 1234, burst: 77);
        foreach (var key in new[] { plainKey, customKey })
        {
            using var response = await api.RecommendAsync(key);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await LogRowsAsync(2);
        const string Stored =
            "SELECT concat_ws(' ', plan, coalesce(daily_limit, -1), coalesce(burst_limit, -1)) FROM b2b.api_keys WHERE api_key_id = $1";
        Assert.Equal("Basic -1 -1", await ScalarAsync<string>(Stored, plain.ApiKeyId));
        Assert.Equal("Basic 1234 77", await ScalarAsync<string>(Stored, custom.ApiKeyId));
    }

    [Fact]
    public async Task More_calls_in_a_second_than_the_burst_limit_are_refused_for_a_second_and_not_charged()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync(burst: 5);
        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.RecommendAsync(key)));
        var refused = responses.Where(response => response.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        // The forty may straddle a few seconds of a busy machine; in one second there are never more than five.
        Assert.NotEmpty(refused);
        Assert.All(refused, response => Assert.Equal("1", response.Header("Retry-After")));
        var rows = await LogRowsAsync(40, handle);
        Assert.All(
            rows.Where(row => row.Status == 200).GroupBy(row => row.OccurredAt.ToUnixTimeSeconds()), second => Assert.InRange(second.Count(), 1, 5));
        Assert.All(rows, row => Assert.Equal(row.Status == 200, row.Charged));
    }

    [Fact]
    public async Task Usage_is_free_and_answers_when_the_quota_is_used_up()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1);
        using var spent = await api.RecommendAsync(key);
        using var refused = await api.RecommendAsync(key);
        using var usage = await api.GetAsync(key, "/v1/usage");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (spent.StatusCode, refused.StatusCode, usage.StatusCode));
        var data = (await usage.JsonAsync()).GetProperty("data");
        Assert.Equal((1, 0), (data.GetProperty("used").GetInt32(), data.GetProperty("remaining").GetInt32()));
        Assert.Equal(TimeSpan.FromHours(9), data.GetProperty("resets_at").GetDateTimeOffset().Offset);
        Assert.Equal([true, false, false], (await LogRowsAsync(3, handle)).Select(row => row.Charged));
    }

    [Fact]
    public async Task A_new_day_in_Seoul_begins_with_a_full_quota()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 2);
        using var today = await api.RecommendAsync(key);
        var counters = $"quota:{handle.ApiKeyId:N}";
        await Redis.Database.HashSetAsync(counters, [new("day", SeoulDay.ToNumber(SeoulDay.Of(DateTimeOffset.UtcNow)) - 1), new("used", 2)]);

        using var response = await api.RecommendAsync(key);
        Assert.Equal(1, (await response.JsonAsync()).GetProperty("meta").GetProperty("remaining_quota").GetInt32());
    }

    [Fact]
    public async Task Quota_and_usage_count_by_the_same_day_of_Seoul()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        using var response = await api.RecommendAsync(key);
        using var usage = await api.GetAsync(key, "/v1/usage");
        var day = DateOnly.Parse((await usage.JsonAsync()).GetProperty("data").GetProperty("day").GetString()!, null);
        var rows = await LogRowsAsync(2, handle);
        Assert.All(rows, row => Assert.Equal(SeoulDay.Of(row.OccurredAt), row.UsageDay));
        Assert.Equal(day, rows[^1].UsageDay);
        Assert.Equal(2L, await ScalarAsync<long>(
            "SELECT sum(calls)::bigint FROM b2b.usage_by_day WHERE day = $1 AND api_key_id = $2", rows[^1].UsageDay, handle.ApiKeyId));
        Assert.Equal(
            0L, await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log WHERE usage_day <> (occurred_at AT TIME ZONE 'Asia/Seoul')::date"));
    }

    [Theory]
    [InlineData("2026-11-22T14:59:59Z", "2026-11-22", 1)]
    [InlineData("2026-11-22T15:00:00Z", "2026-11-23", 86_400)]
    [InlineData("2026-12-31T15:00:00Z", "2027-01-01", 86_400)]
    public void A_day_ends_at_midnight_in_Seoul(string moment, string day, int secondsLeft)
    {
        var at = DateTimeOffset.Parse(moment, null);
        Assert.Equal(DateOnly.Parse(day, null), SeoulDay.Of(at));
        Assert.Equal(SeoulDay.Of(at), SeoulDay.FromNumber(SeoulDay.ToNumber(SeoulDay.Of(at))));
        var decision = new QuotaDecision
        {
            Verdict = QuotaVerdict.Admitted,
            DailyLimit = 1,
            DailyUsed = 1,
            BurstLimit = 1,
            BurstUsed = 1,
            DecidedAt = at,
            Day = SeoulDay.Of(at),
        };
        Assert.Equal(secondsLeft, decision.SecondsToReset);
    }

    [Fact]
    public async Task The_place_of_a_call_whose_process_died_is_given_back()
    {
        var api = await StartApiAsync("--Quota:ReservationSeconds=5");
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1);
        // What a killed process leaves behind: admitted, never settled.
        Inference.Hang();
        var lost = api.RecommendAsync(key);
        await Until(async () => await Redis.Database.SortedSetLengthAsync($"quota:{handle.ApiKeyId:N}:reservations") == 1);
        using (var refused = await api.RecommendAsync(key))
        {
            await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        }

        var member = (await Redis.Database.SortedSetRangeByRankAsync($"quota:{handle.ApiKeyId:N}:reservations"))[0];
        await Redis.Database.SortedSetAddAsync($"quota:{handle.ApiKeyId:N}:reservations", member, 1); // its deadline has passed
        Inference.Behave(null);
        using var admitted = await api.RecommendAsync(key);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        (await lost).Dispose();
    }

    [Fact]
    public async Task A_caller_who_goes_away_unanswered_is_neither_charged_nor_logged()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync(dailyLimit: 1);
        Inference.Hang();
        using (var impatience = new CancellationTokenSource())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/recommend")
            { Content = System.Net.Http.Json.JsonContent.Create(new { available_time = 90 }) };
            request.Headers.Add("X-API-Key", key);
            var call = api.Client.SendAsync(request, impatience.Token);
            await Until(() => Task.FromResult(!Inference.Calls.IsEmpty));
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Inference.Behave(null);
        await Until(async () => await Redis.Database.SortedSetLengthAsync($"quota:{handle.ApiKeyId:N}:reservations") == 0);
        using var response = await api.RecommendAsync(key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await LogRowsAsync(1, handle);
    }

    [Fact]
    public async Task Every_Redis_key_has_an_expiry_or_a_bound()
    {
        var api = await StartApiAsync();
        for (var i = 0; i < 3; i++)
        {
            var (_, key) = await api.CreateKeyAsync(company: $"회사 {i}");
            using var response = await api.RecommendAsync(key);
            using var invalid = await api.PostRawAsync(key, "/v1/recommend", "{");
        }

        await LogRowsAsync(6);
        var names = RedisKeys();
        Assert.Contains(names, name => name.ToString().StartsWith("quota:", StringComparison.Ordinal));
        Assert.Contains(names, name => name.ToString().StartsWith("recommendation:", StringComparison.Ordinal));
        foreach (var name in names.Where(name => name != "usage"))
        {
            Assert.True((await Redis.Database.KeyTimeToLiveAsync(name)) > TimeSpan.Zero, $"{name} never expires");
        }

        Assert.Equal(0, await Redis.Database.StreamLengthAsync("usage")); // drained; its bound is Accounting:MaxQueuedEvents
    }

    [Fact]
    public async Task A_full_usage_queue_admits_no_call()
    {
        var api = await StartApiAsync("--Accounting:MaxQueuedEvents=2", "--Accounting:PollMilliseconds=60000");
        var (_, key) = await api.CreateKeyAsync();
        await UntilDrainSleepsAsync();
        for (var i = 0; i < 2; i++)
        {
            await Redis.Database.StreamAddAsync("usage", "event", "{}");
        }

        using var response = await api.RecommendAsync(key);
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "ACCOUNTING_UNAVAILABLE");
        Assert.Empty(Inference.Calls);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 500 && !await holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(await holds());
    }
}
