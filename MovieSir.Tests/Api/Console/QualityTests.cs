using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Console;

/// <summary>What a company reads of what became of the movies that it was recommended.</summary>
public sealed class QualityTests(TestServers servers) : ConsoleTest(servers)
{
    [Fact]
    public async Task Feedback_counts_once_for_each_movie_and_kind_on_the_track_that_recommended_it()
    {
        var owner = await OwnerAsync("Ours");
        var stranger = await OwnerAsync("Theirs");
        await ExecuteAsync("UPDATE b2b.companies SET burst_limit = 1000");
        var (_, key) = await KeyAsync(owner);
        var id = await RecommendAsync(key);
        await RecommendAsync(key);
        using (await Api.PostAsync(key, "/v1/recommend_single", new { target_runtime = 95, track = "b" }))
        {
        }

        await TellAsync(key, id, 101, "clicked");
        await TellAsync(key, id, 101, "clicked");
        await TellAsync(key, id, 102, "clicked");
        await TellAsync(key, id, 101, "watched");
        await TellAsync(key, id, 101, "liked");
        // An hour later Redis has forgotten, and the log knows the track.
        await LogRowsAsync(8);
        await Redis.Database.KeyDeleteAsync($"recommendation:{id:N}");
        await TellAsync(key, id, 103, "disliked");
        await LogRowsAsync(9);

        var quality = await GetAsync(owner, "/b2b/quality?days=7");

        Assert.Equal(
            """{"recommended":4,"clicked":2,"watched":1,"liked":1,"disliked":0,"click_rate":0.5,"watch_rate":0.25,"like_rate":1}""",
            quality.GetProperty("track_a").GetRawText());
        Assert.Equal(
            """{"recommended":3,"clicked":0,"watched":0,"liked":0,"disliked":1,"click_rate":0,"watch_rate":0,"like_rate":0}""",
            quality.GetProperty("track_b").GetRawText());
        var days = quality.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(7, days.Count);
        Assert.Equal(quality.GetProperty("track_a").GetRawText(), days[^1].GetProperty("track_a").GetRawText());
        Assert.Equal(5L, await ScalarAsync<long>("SELECT count(*) FROM b2b.feedback"));
        var other = await GetAsync(stranger, "/b2b/quality");
        Assert.Equal(
            """{"recommended":0,"clicked":0,"watched":0,"liked":0,"disliked":0,"click_rate":null,"watch_rate":null,"like_rate":null}""",
            other.GetProperty("track_a").GetRawText());
        Assert.Equal(30, other.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task Feedback_counts_on_the_day_of_its_recommendation()
    {
        var owner = await OwnerAsync();
        var (_, key) = await KeyAsync(owner);
        var company = await CompanyIdAsync(owner);
        var id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-2));
        // As a replica of the version before remembers a recommendation, and as this one does.
        await Redis.Database.StringSetAsync($"recommendation:{id:N}", $"{company:N} 101 102 103");
        await TellAsync(key, id, 101, "watched");
        await Redis.Database.StringSetAsync($"recommendation:{id:N}", $"{company:N} 101 102 103 a1");
        await TellAsync(key, id, 102, "watched");
        await LogRowsAsync(2);

        var days = (await GetAsync(owner, "/b2b/quality?days=7")).GetProperty("days").EnumerateArray().ToList();

        long Watched(JsonElement day, string track) => day.GetProperty(track).GetProperty("watched").GetInt64();
        Assert.Equal((0, 1), (Watched(days[^3], "track_a"), Watched(days[^3], "track_b")));
        Assert.Equal(0, Watched(days[^1], "track_a") + Watched(days[^1], "track_b"));
    }

    private async Task<Guid> RecommendAsync(string key)
    {
        using var response = await Api.RecommendAsync(key);
        return (await response.JsonAsync()).GetProperty("meta").GetProperty("recommendation_id").GetGuid();
    }

    private async Task TellAsync(string key, Guid recommendation, int movie, string type)
    {
        using var response = await Api.PostAsync(
            key, "/v1/feedback", new { recommendation_id = recommendation, movie_id = movie, type });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
