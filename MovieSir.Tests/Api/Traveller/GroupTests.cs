using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Traveller;

/// <summary>One set for two people, who need no account and learn nothing of each other.</summary>
public sealed class GroupTests(TestServers servers) : TravellerTest(servers)
{
    [Fact]
    public async Task Two_people_by_a_link_get_one_set_from_both_profiles_without_what_either_has_seen()
    {
        var (ann, ben) = (Open(), Open());
        using (await ann.PutAsync("/movies/104/watched", new { rating = 5 }))
        using (await ben.PutAsync("/movies/105/watched", new { rating = 1 }))
        {
        }

        var group = await MakeAsync(ann, null); // her own history speaks for her
        Assert.Equal((1, false, false), await StateAsync(ben, group));
        await JoinAsync(ben, group, [107, 108], HttpStatusCode.NoContent);
        Assert.Equal((2, true, true), await StateAsync(ann, group));

        await ann.JsonAsync(ann.PostAsync("/recommendation/recommend", new { available_time = 200, group_id = group, group_mode = "compromise" }));

        var asked = JsonDocument.Parse(Inference.Calls.First(call => call.Path == "/recommend").Body).RootElement;
        Assert.Equal([[104], [107, 108]], asked.GetProperty("groups").EnumerateArray().Select(Ints));
        Assert.Equal("compromise", asked.GetProperty("group_mode").GetString());
        Assert.Empty(Ints(asked.GetProperty("user_movie_ids")));
        Assert.Equal([104, 105], Ints(asked.GetProperty("excluded_ids_a")).Order());
        Assert.Equal([105], Ints(asked.GetProperty("negative_movie_ids")));
    }

    [Fact]
    public async Task A_third_finds_no_place_and_who_is_in_it_keeps_what_they_chose()
    {
        var (ann, ben, third) = (Open(), Open(), Open());
        var group = await MakeAsync(ann, [101]);
        await JoinAsync(ann, group, [109], HttpStatusCode.NoContent); // her own link, which she opened herself
        Assert.Equal((1, true, false), await StateAsync(ann, group));
        await JoinAsync(ben, group, [102], HttpStatusCode.NoContent);
        await JoinAsync(ben, group, [103], HttpStatusCode.NoContent);

        using (var full = await third.PostAsync($"/recommendation/groups/{group}/join", new { movie_ids = new[] { 110 } }))
        {
            await full.ProblemAsync(HttpStatusCode.Conflict, "GROUP_FULL");
        }

        using (var foreign = await third.PostAsync("/recommendation/recommend", new { available_time = 200, group_id = group }))
        {
            await foreign.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }

        await ben.JsonAsync(ben.PostAsync("/recommendation/recommend", new { available_time = 200, group_id = group }));
        var asked = JsonDocument.Parse(Inference.Calls.First(call => call.Path == "/recommend").Body).RootElement;
        Assert.Equal([[102], [101]], asked.GetProperty("groups").EnumerateArray().Select(Ints)); // the caller's first
    }

    [Fact]
    public async Task A_group_ends_with_its_day_and_a_half_group_recommends_nothing()
    {
        var ann = Open();
        var group = await MakeAsync(ann, [101]);
        using (var alone = await ann.PostAsync("/recommendation/recommend", new { available_time = 200, group_id = group }))
        {
            await alone.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
        }

        await ExecuteAsync("UPDATE b2c.groups SET expires_at = now() - interval '1 minute'");

        using var gone = await Open().GetAsync($"/recommendation/groups/{group}");
        await gone.ProblemAsync(HttpStatusCode.NotFound, "GROUP_NOT_FOUND");
        using var late = await Open().PostAsync($"/recommendation/groups/{group}/join", new { movie_ids = new[] { 102 } });
        await late.ProblemAsync(HttpStatusCode.NotFound, "GROUP_NOT_FOUND");
    }

    private static async Task<string> MakeAsync(Browser browser, int[]? movieIds) =>
        (await browser.JsonAsync(browser.PostAsync("/recommendation/groups", new { movie_ids = movieIds }))).GetProperty("group_id").GetString()!;

    private static async Task<(int People, bool Mine, bool Ready)> StateAsync(Browser browser, string group)
    {
        var state = await browser.JsonAsync(browser.GetAsync($"/recommendation/groups/{group}"));
        return (state.GetProperty("people").GetInt32(), state.GetProperty("mine").GetBoolean(), state.GetProperty("ready").GetBoolean());
    }

    private static async Task JoinAsync(Browser browser, string group, int[] movieIds, HttpStatusCode expected)
    {
        using var response = await browser.PostAsync($"/recommendation/groups/{group}/join", new { movie_ids = movieIds });
        Assert.True(expected == response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    private static IEnumerable<int> Ints(JsonElement ids) => ids.EnumerateArray().Select(id => id.GetInt32());
}
