using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Api.Companies.Accounting;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.Accounting;

public sealed class AccountingTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task Each_answered_call_is_one_row_and_only_successes_are_charged()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        var expected = new List<(string Endpoint, int Status, string? Code, bool Charged)>();
        async Task CallAsync(Func<Task<HttpResponseMessage>> call, string endpoint, int status, string? code = null)
        {
            using var response = await call();
            Assert.Equal(status, (int)response.StatusCode);
            if (code is not null)
            {
                await response.ProblemAsync((HttpStatusCode)status, code);
            }

            expected.Add((endpoint, status, code, status is 200 or 202));
        }

        await CallAsync(() => api.RecommendAsync(key), "/v1/recommend", 200);
        await CallAsync(() => api.PostRawAsync(key, "/v1/recommend", "{"), "/v1/recommend", 400, "MALFORMED_JSON");
        await CallAsync(() => api.PostRawAsync(key, "/v1/recommend", "{\"available_time\":0}"), "/v1/recommend", 422, "VALIDATION_FAILED");
        await CallAsync(() => api.PostRawAsync(key, "/v1/recommend", "{\"available_time\":\"long\"}"), "/v1/recommend", 422, "VALIDATION_FAILED");
        await CallAsync(() => api.PostRawAsync(key, "/v1/recommend", "x", "text/plain"), "/v1/recommend", 415, "UNSUPPORTED_MEDIA_TYPE");
        await CallAsync(() => api.PostRawAsync(key, "/v1/recommend", $"{{\"x\":\"{new string('x', 1_100_000)}\"}}"), "/v1/recommend", 413,
            "PAYLOAD_TOO_LARGE");
        await CallAsync(() => api.GetAsync(key, "/v1/recommend"), "/v1/recommend", 405, "METHOD_NOT_ALLOWED");
        await CallAsync(() => api.GetAsync(key, "/v1/movies/999999999"), "/v1/movies/{id}", 404, "UNKNOWN_MOVIE");
        await CallAsync(() => api.GetAsync(key, "/v1/nothing/here"), "unmatched", 404, "NOT_FOUND");
        await CallAsync(() => api.GetAsync(key, "/v1/genres"), "/v1/genres", 200);
        Inference.Fail(500);
        await CallAsync(() => api.RecommendAsync(key), "/v1/recommend", 503, "AI_SERVICE_UNAVAILABLE");
        Inference.Behave(null);
        await CallAsync(() => api.PostAsync(key, "/v1/search", new { query = "바다" }), "/v1/search", 200);

        var rows = await LogRowsAsync(expected.Count, handle);
        Assert.Equal(expected, rows.Select(row => (row.Endpoint, (int)row.Status, row.ErrorCode, row.Charged)));
        using var usage = await api.GetAsync(key, "/v1/usage");
        Assert.Equal(expected.Count(call => call.Charged), (await usage.JsonAsync()).GetProperty("data").GetProperty("used").GetInt32());
        await LogRowsAsync(expected.Count + 1, handle);
        await AssertSumsAgreeAsync();
    }

    [Fact]
    public async Task A_key_knows_when_it_was_last_used()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        using var response = await api.RecommendAsync(key);
        var row = Assert.Single(await LogRowsAsync(1, handle));
        var lastUsed = await ScalarAsync<DateTime>("SELECT last_used_at FROM b2b.api_keys WHERE api_key_id = $1", handle.ApiKeyId);
        Assert.Equal(row.OccurredAt.UtcDateTime, lastUsed);
        Assert.InRange(lastUsed, before.UtcDateTime, DateTime.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task An_event_that_arrives_by_both_ways_and_twice_is_one_row()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        using var response = await api.RecommendAsync(key);
        var row = Assert.Single(await LogRowsAsync(1, handle));
        var usage = new UsageEvent(
            new RequestLogEntry
            {
                EventId = Guid.CreateVersion7(),
                OccurredAt = row.OccurredAt.AddMilliseconds(1),
                UsageDay = row.UsageDay,
                ApiKeyId = handle.ApiKeyId,
                CompanyId = Guid.CreateVersion7(),
                RequestId = "both ways",
                Method = "POST",
                Endpoint = "/v1/recommend",
                Status = 200,
                LatencyMs = 1,
                Charged = true,
            },
            null);
        await api.Services.GetRequiredService<DirectUsageQueue>().WriteAsync(usage);
        await Redis.Database.StreamAddAsync("usage", "event", UsageEventJson.Serialize(usage));
        await Redis.Database.StreamAddAsync("usage", "event", UsageEventJson.Serialize(usage));
        await UntilDrainedAsync();

        await LogRowsAsync(2, handle);
        await AssertSumsAgreeAsync();
    }

    [Fact]
    public async Task What_a_dead_consumer_had_taken_is_taken_over()
    {
        var first = await StartApiAsync("--Accounting:PollMilliseconds=60000", "--Accounting:TakeOverSeconds=3600");
        await UntilDrainSleepsAsync();
        var (handle, key) = await first.CreateKeyAsync();
        for (var i = 0; i < 20; i++)
        {
            using var response = await first.RecommendAsync(key);
        }

        var taken = await Redis.Database.StreamReadGroupAsync("usage", "postgres", "a-consumer-that-died", ">", 20);
        Assert.Equal(20, taken.Length);

        await StartApiAsync("--Accounting:TakeOverSeconds=1");
        await LogRowsAsync(20, handle);
        await UntilDrainedAsync();
        await AssertSumsAgreeAsync();
    }

    [Fact]
    public async Task An_event_that_PostgreSQL_refuses_keeps_no_other_from_being_written()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        await Redis.Database.StreamAddAsync("usage", "event", """{"event_id":"not an id"}""");
        using var response = await api.RecommendAsync(key);
        await LogRowsAsync(1, handle);
        await UntilDrainedAsync();
        Assert.Equal("""{"event_id":"not an id"}""", (await Redis.Database.StreamRangeAsync("usage:rejected"))[0]["event"]);
    }

    [Fact]
    public async Task A_lost_consumer_group_is_made_again_and_loses_nothing()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        using (await api.RecommendAsync(key))
        {
            await LogRowsAsync(1, handle);
        }

        await Redis.Database.KeyDeleteAsync("usage");
        using var response = await api.RecommendAsync(key);
        await LogRowsAsync(2, handle);
    }

    [Fact]
    public async Task The_month_of_a_call_has_its_partition()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var response = await api.RecommendAsync(key);
        await LogRowsAsync(1);
        Assert.Equal(0L, await ScalarAsync<long>("SELECT count(*) FROM b2b.request_log_default"));
    }

    [Fact]
    public async Task Feedback_names_a_movie_of_a_recommendation_of_ones_own()
    {
        var api = await StartApiAsync();
        var (own, key) = await api.CreateKeyAsync(company: "대한항공");
        var (_, colleague) = await api.CreateKeyAsync(company: "대한항공");
        var (_, stranger) = await api.CreateKeyAsync(company: "다른 회사");
        using var recommended = await api.RecommendAsync(key);
        var id = (await recommended.JsonAsync()).GetProperty("meta").GetProperty("recommendation_id").GetGuid();
        object Liked(Guid recommendation, int movie) =>
            new { recommendation_id = recommendation, movie_id = movie, type = "liked", client_user_id = "u1" };

        using var accepted = await api.PostAsync(key, "/v1/feedback", Liked(id, 103));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var byColleague = await api.PostAsync(colleague, "/v1/feedback", Liked(id, 101));
        Assert.Equal(HttpStatusCode.Accepted, byColleague.StatusCode);
        var refusals = new HashSet<string>();
        foreach (var (credential, recommendation, movie) in new[] { (key, id, 999), (key, Guid.NewGuid(), 101), (stranger, id, 101) })
        {
            using var refused = await api.PostAsync(credential, "/v1/feedback", Liked(recommendation, movie));
            refusals.Add((await refused.ProblemAsync(HttpStatusCode.NotFound, "RECOMMENDATION_NOT_FOUND")).GetProperty("detail").GetString()!);
        }

        Assert.Single(refusals);
        await LogRowsAsync(6);
        await AssertFeedbackAsync(2);

        // An hour later Redis has forgotten, the log has not.
        await Redis.Database.KeyDeleteAsync($"recommendation:{id:N}");
        using var late = await api.PostAsync(key, "/v1/feedback", Liked(id, 102));
        Assert.Equal(HttpStatusCode.Accepted, late.StatusCode);
        using var lateStranger = await api.PostAsync(stranger, "/v1/feedback", Liked(id, 102));
        await lateStranger.ProblemAsync(HttpStatusCode.NotFound, "RECOMMENDATION_NOT_FOUND");
        await LogRowsAsync(8);
        await AssertFeedbackAsync(3);
        Assert.Equal("liked", await ScalarAsync<string>(
            "SELECT DISTINCT type FROM b2b.feedback WHERE api_key_id = $1 AND client_user_id = 'u1'", own.ApiKeyId));
    }

    private async Task AssertFeedbackAsync(long expected) => Assert.Equal(expected, await ScalarAsync<long>("SELECT count(*) FROM b2b.feedback"));

    private async Task UntilDrainedAsync()
    {
        for (var i = 0; i < 500 && await Redis.Database.StreamLengthAsync("usage") > 0; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(0, await Redis.Database.StreamLengthAsync("usage"));
    }

    private async Task AssertSumsAgreeAsync() => Assert.Equal(
        0L,
        await ScalarAsync<long>("""
            SELECT count(*) FROM (
              SELECT usage_day AS day, api_key_id, endpoint, count(*) AS calls, count(*) FILTER (WHERE charged) AS charged,
                count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS client_errors, count(*) FILTER (WHERE status >= 500) AS server_errors
              FROM b2b.request_log GROUP BY 1, 2, 3) AS log
            FULL JOIN b2b.usage_by_day AS sums USING (day, api_key_id, endpoint)
            WHERE (log.calls, log.charged, log.client_errors, log.server_errors)
              IS DISTINCT FROM (sums.calls, sums.charged, sums.client_errors, sums.server_errors)
            """));
}
