using System.Net;
using System.Text.Json;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Companies.ContentRules;

public sealed class ContentRuleTests(TestServers servers) : ApiTest(servers)
{
    [Theory]
    [InlineData("Id", "102", new[] { 102 })]
    [InlineData("Genre", "horror", new[] { 103, 201 })]
    [InlineData("Genre", "공포", new[] { 103, 201 })]
    [InlineData("Keyword", "Plane Crash", new[] { 101, 202 })]
    [InlineData("Keyword", "war", new[] { 104 })]
    [InlineData("Keyword", "전쟁", new[] { 104 })]
    [InlineData("Keyword", "100%_off", new[] { 203 })]
    [InlineData("Keyword", "nothing like it", new int[0])]
    public async Task A_rule_holds_in_every_call_that_recommends(string kind, string value, int[] forbidden)
    {
        await SeedAsync();
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (handle, key) = await api.CreateKeyAsync();
        var (_, other) = await api.CreateKeyAsync(company: "다른 회사");
        await ExecuteAsync(
            "INSERT INTO b2b.content_rules (content_rule_id, company_id, kind, value) SELECT gen_random_uuid(), company_id, $2, $3 FROM b2b.api_keys WHERE api_key_id = $1",
            handle.ApiKeyId, kind, value);

        foreach (var (path, body, lists) in new (string, object, string[])[]
        {
            ("/v1/recommend", new { available_time = 180, excluded_ids_a = new[] { 7 } }, ["excluded_ids_a", "excluded_ids_b"]),
            ("/v1/recommend_single", new { target_runtime = 90, track = "a" }, ["excluded_ids"]),
        })
        {
            using var response = await api.PostAsync(key, path, body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var sent = JsonDocument.Parse(Inference.Calls.Last().Body).RootElement;
            foreach (var list in lists)
            {
                Assert.Equal(forbidden, sent.GetProperty(list).EnumerateArray().Select(id => id.GetInt32()).Where(id => id != 7).Order());
            }
        }

        using var search = await api.PostAsync(key, "/v1/search", new { query = "x" });
        using var similar = await api.GetAsync(key, "/v1/movies/101/similar");
        foreach (var response in new[] { search, similar })
        {
            var movies = (await response.JsonAsync()).GetProperty("data").GetProperty("movies").EnumerateArray().Select(movie => movie.GetProperty("movie_id").GetInt32());
            Assert.Equal(new[] { 201, 202, 203 }.Except(forbidden), movies);
        }

        // Nobody else is bound by it.
        using var unbound = await api.RecommendAsync(other);
        Assert.Empty(JsonDocument.Parse(Inference.Calls.Last().Body).RootElement.GetProperty("excluded_ids_a").EnumerateArray());
    }

    [Fact]
    public async Task A_new_rule_and_a_new_movie_count_at_once()
    {
        await SeedAsync();
        var api = await StartApiAsync("--Keys:CacheSeconds=0");
        var (handle, key) = await api.CreateKeyAsync();
        async Task<IEnumerable<int>> ForbiddenAsync()
        {
            using var response = await api.RecommendAsync(key);
            return JsonDocument.Parse(Inference.Calls.Last().Body).RootElement.GetProperty("excluded_ids_a").EnumerateArray().Select(id => id.GetInt32()).Order().ToList();
        }

        Assert.Empty(await ForbiddenAsync());
        await ExecuteAsync(
            "INSERT INTO b2b.content_rules (content_rule_id, company_id, kind, value) SELECT gen_random_uuid(), company_id, 'Keyword', 'war' FROM b2b.api_keys WHERE api_key_id = $1",
            handle.ApiKeyId);
        Assert.Equal([104], await ForbiddenAsync());
        await MovieAsync(300, "War Horse", "");
        await ExecuteAsync("UPDATE catalog.state SET revision = revision + 1");
        Assert.Equal([104, 300], await ForbiddenAsync());
    }

    private async Task SeedAsync()
    {
        await MovieAsync(101, "Alive", "Survivors of a plane crash.");
        await MovieAsync(102, "Award", "A warden and an award.");
        await MovieAsync(103, "Scare", "Boo.", horror: true);
        await MovieAsync(104, "Peace", "Before WAR, and after.", overviewKo: "전쟁이 끝난 뒤");
        await MovieAsync(201, "Fright", "Boo again.", horror: true);
        await MovieAsync(202, "Sea", "The plane-crash at sea.");
        await MovieAsync(203, "Sale 100% off", "");
    }

    private async Task MovieAsync(int id, string title, string overview, string overviewKo = "", bool horror = false)
    {
        await ExecuteAsync(
            """
            INSERT INTO catalog.movies (movie_id, title, overview, overview_ko, vote_average, vote_count, popularity, adult, keywords, is_stub)
            VALUES ($1, $2, $3, $4, 5, 10, 1, false, '{}', false)
            """,
            id, title, overview, overviewKo);
        if (horror)
        {
            await ExecuteAsync("INSERT INTO catalog.movie_genres (movie_id, genre_id) VALUES ($1, 27)", id);
        }
    }
}
