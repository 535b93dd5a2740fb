using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Partner;

public sealed class RecommendTests(TestServers servers) : ApiTest(servers)
{
    [Fact]
    public async Task A_call_answers_both_tracks_in_the_envelope_of_the_contract()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();

        using var response = await api.PostAsync(
            key, "/v1/recommend", new { available_time = 180, preferred_genres = new[] { "드라마" }, client_user_id = "seat-12A" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.JsonAsync();
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal("hybrid", answer.GetProperty("data").GetProperty("algorithm").GetString());
        Assert.Equal(2, answer.GetProperty("data").GetProperty("track_a").GetProperty("movies").GetArrayLength());
        Assert.Equal(103, answer.GetProperty("data").GetProperty("track_b").GetProperty("movies")[0].GetProperty("movie_id").GetInt32());
        var meta = answer.GetProperty("meta");
        Assert.Equal(999, meta.GetProperty("remaining_quota").GetInt32());
        Assert.Equal(1000, meta.GetProperty("daily_limit").GetInt32());
        Assert.True(meta.GetProperty("latency_ms").GetDouble() > 0);

        var row = Assert.Single(await LogRowsAsync(1));
        Assert.Equal(("/v1/recommend", 200, true), (row.Endpoint, row.Status, row.Charged));
        Assert.Equal(meta.GetProperty("recommendation_id").GetGuid(), row.RecommendationId);
        Assert.Equal([101, 102, 103], row.MovieIds);
        Assert.Equal(("seat-12A", 180), (row.ClientUserId, row.AvailableMinutes));
        Assert.Equal(response.Header("X-Request-Id"), row.RequestId);
    }

    [Fact]
    public async Task Five_thousand_watched_movies_two_viewers_and_locked_movies_reach_the_engine()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        int[] ids = [.. Enumerable.Range(1_000_000, 5000)];
        var history = ids.Select(id => new { movie_id = id, rating = 4.5, watched_at = "2026-03-14T21:30:00.123+09:00" });

        using var response = await api.PostAsync(key, "/v1/recommend", new
        {
            available_time = 180,
            history,
            groups = new[] { ids, ids },
            group_mode = "compromise",
            locked_movie_ids = new[] { 101 },
            locked_track = "b",
            negative_movie_ids = ids,
            excluded_ids_a = ids,
            excluded_ids_b = ids,
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var asked = JsonDocument.Parse(Assert.Single(Inference.Calls).Body).RootElement;
        Assert.Equal(5000, asked.GetProperty("history").GetArrayLength());
        Assert.Equal(1_004_999, asked.GetProperty("history")[4999].GetProperty("movie_id").GetInt32());
        Assert.Equal(2, asked.GetProperty("groups").GetArrayLength());
        Assert.Equal("compromise", asked.GetProperty("group_mode").GetString());
        Assert.Equal(101, asked.GetProperty("locked_movie_ids")[0].GetInt32());
        Assert.Equal("b", asked.GetProperty("locked_track").GetString());
    }
}
