using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>Bad input is refused as the contract says: 422 with the field named, in one shape, and never a guess at what was meant.</summary>
public sealed class BadRequestTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(1441)]
    [InlineData(100_000)]
    public async Task Minutes_out_of_range_are_refused(int minutes)
    {
        await RefusedAsync("/recommend", $$"""{"user_movie_ids":[],"available_time":{{minutes}}}""", 422, "VALIDATION_FAILED", "available_time");
        await RefusedAsync(
            "/recommend_single", $$"""{"user_movie_ids":[],"target_runtime":{{minutes}},"track":"a"}""", 422, "VALIDATION_FAILED", "target_runtime");
    }

    [Theory]
    [InlineData("/recommend", """{"user_movie_ids":[]}""", "available_time")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":null}""", "available_time")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":"180"}""", "available_time")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":180.5}""", "available_time")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":99999999999}""", "available_time")]
    [InlineData("/recommend", """{"user_movie_ids":null,"available_time":180}""", "user_movie_ids")]
    [InlineData("/recommend", """{"user_movie_ids":"862","available_time":180}""", "user_movie_ids")]
    [InlineData("/recommend", """{"user_movie_ids":[862,"x"],"available_time":180}""", "user_movie_ids[1]")]
    [InlineData("/recommend", """{"user_movie_ids":[null],"available_time":180}""", "user_movie_ids[0]")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":180,"excluded_ids_a":null}""", "excluded_ids_a")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":180,"allow_adult":"yes"}""", "allow_adult")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":180,"seed":"one"}""", "seed")]
    [InlineData("/recommend", """{"user_movie_ids":[],"available_time":180,"preferred_genres":"Drama"}""", "preferred_genres")]
    [InlineData("/recommend", """{"available_time":180,"history":[null]}""", "history")]
    [InlineData("/recommend", """{"available_time":180,"history":[{"movie_id":1},{"rating":4}]}""", "history[1].movie_id")]
    [InlineData("/recommend", """{"available_time":180,"history":[{"movie_id":1,"rating":0}]}""", "history[0].rating")]
    [InlineData("/recommend", """{"available_time":180,"history":[{"movie_id":1,"rating":5.5}]}""", "history[0].rating")]
    [InlineData("/recommend", """{"available_time":180,"history":[{"movie_id":1,"watched_at":"yesterday"}]}""", "history[0].watched_at")]
    [InlineData("/recommend_single", """{"target_runtime":180,"track":"a","history":[{"movie_id":"1"}]}""", "history[0].movie_id")]
    [InlineData("/recommend", """{"available_time":180,"groups":[[1]]}""", "groups")]
    [InlineData("/recommend", """{"available_time":180,"groups":[[1],[2],[3]]}""", "groups")]
    [InlineData("/recommend", """{"available_time":180,"groups":[[1],null]}""", "groups")]
    [InlineData("/recommend", """{"available_time":180,"groups":[[1],["2"]]}""", "groups[1][0]")]
    [InlineData("/recommend", """{"available_time":180,"groups":[[1],[2]],"user_movie_ids":[3]}""", "user_movie_ids")]
    [InlineData("/recommend_single", """{"target_runtime":180,"track":"a","groups":[[1],[2]],"user_movie_ids":[3]}""", "user_movie_ids")]
    [InlineData("/recommend", """{"available_time":180,"locked_track":"c"}""", "locked_track")]
    [InlineData("/recommend_single", """{"user_movie_ids":[],"target_runtime":100}""", "track")]
    [InlineData("/recommend_single", """{"user_movie_ids":[],"target_runtime":100,"track":"c"}""", "track")]
    [InlineData("/recommend_single", """{"user_movie_ids":[],"target_runtime":100,"track":0}""", "track")]
    [InlineData("/rank", """{"user_movie_ids":[],"k":0}""", "k")]
    [InlineData("/rank", """{"user_movie_ids":[],"k":1001}""", "k")]
    [InlineData("/search", """{"query":"","k":5}""", "query")]
    [InlineData("/search", """{"k":5}""", "query")]
    [InlineData("/search", """{"query":"space","k":101}""", "k")]
    public async Task A_bad_field_is_named(string path, string body, string field) =>
        await RefusedAsync(path, body, 422, "VALIDATION_FAILED", field);

    [Theory]
    [InlineData("/recommend", "excluded_ids_a", 200_001)]
    [InlineData("/recommend", "excluded_ids_b", 200_001)]
    [InlineData("/recommend", "user_movie_ids", 5001)]
    [InlineData("/recommend", "negative_movie_ids", 5001)]
    [InlineData("/rank", "excluded_ids", 200_001)]
    public async Task Lists_are_bounded(string path, string field, int length)
    {
        var ids = string.Join(',', Enumerable.Range(1, length));
        await RefusedAsync(path, $$"""{"available_time":180,"{{field}}":[{{ids}}]}""", 422, "VALIDATION_FAILED", field);
    }

    [Fact]
    public async Task Histories_and_profiles_of_two_are_bounded()
    {
        var history = string.Join(',', Enumerable.Repeat("""{"movie_id":1}""", 5001));
        await RefusedAsync("/recommend", $$"""{"available_time":180,"history":[{{history}}]}""", 422, "VALIDATION_FAILED", "history");
        var ids = string.Join(',', Enumerable.Range(1, 5001));
        await RefusedAsync("/recommend", $$"""{"available_time":180,"groups":[[1],[{{ids}}]]}""", 422, "VALIDATION_FAILED", "groups");
    }

    [Theory]
    [InlineData("Telenovela")]
    [InlineData("   ")]
    [InlineData("\\u0000")]
    public async Task An_unknown_genre_is_refused_and_the_known_ones_are_told(string genre)
    {
        var problem = await RefusedAsync(
            "/recommend", $$"""{"available_time":180,"preferred_genres":["드라마","{{genre}}"]}""", 422, "UNKNOWN_GENRE", "preferred_genres[1]");
        Assert.Contains("Science Fiction (SF)", problem.GetProperty("errors").GetProperty("preferred_genres[1]")[0].GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/recommend", """{"available_time":180,"preferred_otts":["넷플릭스","Betamax"]}""")]
    [InlineData("/recommend_single", """{"target_runtime":180,"track":"b","preferred_otts":["Netflix","Betamax"]}""")]
    [InlineData("/rank", """{"preferred_otts":["Netflix","Betamax"]}""")]
    [InlineData("/search", """{"query":"space","preferred_otts":["Netflix","Betamax"]}""")]
    public async Task An_unknown_provider_is_refused_and_not_dropped(string path, string body)
    {
        var problem = await RefusedAsync(path, body, 422, "UNKNOWN_PROVIDER", "preferred_otts[1]");
        Assert.Contains("Netflix (넷플릭스)", problem.GetProperty("errors").GetProperty("preferred_otts[1]")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    [InlineData("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "")]
    [InlineData("7", "[1]")]
    [InlineData("\"\\ud800\"", "[1]")]
    public async Task What_cannot_be_a_name_is_refused(string name, string position)
    {
        await RefusedAsync("/rank", $$"""{"preferred_genres":["SF",{{name}}]}""", 422, "VALIDATION_FAILED", $"preferred_genres{position}");
        await RefusedAsync("/rank", $$"""{"preferred_otts":["Netflix",{{name}}]}""", 422, "VALIDATION_FAILED", $"preferred_otts{position}");
    }

    [Theory]
    [InlineData("k=0", "k")]
    [InlineData("k=101", "k")]
    [InlineData("k=many", "k")]
    [InlineData("k=1.5", "k")]
    public async Task A_bad_query_field_is_named(string query, string field)
    {
        var (status, body) = await engine.Host.GetAsync($"/movies/{EngineCatalog.FirstId}/similar?{query}");
        Assert.Equal(422, status);
        Assert.Equal("VALIDATION_FAILED", body.GetProperty("code").GetString());
        Assert.True(body.GetProperty("errors").TryGetProperty(field, out _), body.ToString());
    }

    [Theory]
    [InlineData("""{"available_time":180""", 400, "MALFORMED_JSON")]
    [InlineData("", 400, "BAD_REQUEST")]
    [InlineData("[]", 422, "VALIDATION_FAILED")]
    public async Task What_is_not_an_object_is_refused(string body, int status, string code) =>
        await RefusedAsync("/recommend", body, status, code, null);

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var content = new StringContent("available_time=180", Encoding.UTF8, "application/x-www-form-urlencoded");
        var response = await engine.Host.Client.PostAsync("/recommend", content);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_field_is_ignored()
    {
        using var content = Json("""{"available_time":180,"color":"blue"}""");
        var response = await engine.Host.Client.PostAsync("/recommend", content);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private async Task<JsonElement> RefusedAsync(string path, string body, int status, string code, string? field)
    {
        using var content = Json(body);
        var response = await engine.Host.Client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("request_id").GetString()));
        if (field is not null)
        {
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), text);
        }

        return problem;
    }
}
