using System.Net;
using System.Text;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Partner;

public sealed class BadInputTests(TestServers servers) : ApiTest(servers)
{
    private static string Numbers(int count) => $"[{string.Join(',', Enumerable.Range(1, count))}]";

    public static TheoryData<string, string, string> InvalidFields()
    {
        var data = new TheoryData<string, string, string>();
        void Add(string path, string body, string field) => data.Add(path, body, field);
        foreach (var minutes in new[] { "0", "-60", "1441", "100000" })
        {
            Add("/v1/recommend", $"{{\"available_time\":{minutes}}}", "available_time");
            Add("/v1/recommend", $"{{\"runtime_limit\":{minutes}}}", "runtime_limit");
            Add("/v1/recommend_single", $"{{\"target_runtime\":{minutes},\"track\":\"a\"}}", "target_runtime");
        }

        foreach (var wrong in new[] { "\"180\"", "1.5", "null", "[]", "{}", "true", "99999999999999" })
        {
            Add("/v1/recommend", $"{{\"available_time\":{wrong}}}", "available_time");
        }

        Add("/v1/recommend", "{}", "available_time");
        Add("/v1/recommend", "{\"available_time\":90,\"runtime_limit\":90}", "runtime_limit");
        Add("/v1/recommend", "{\"available_time\":90,\"genres\":[],\"preferred_genres\":[]}", "genres");
        Add("/v1/recommend", "{\"available_time\":90,\"user_movie_ids\":null}", "user_movie_ids");
        Add("/v1/recommend", "{\"available_time\":90,\"user_movie_ids\":[\"1\"]}", "user_movie_ids[0]");
        Add("/v1/recommend", "{\"available_time\":90,\"user_movie_ids\":[1,null]}", "user_movie_ids[1]");
        Add("/v1/recommend", $"{{\"available_time\":90,\"user_movie_ids\":{Numbers(5001)}}}", "user_movie_ids");
        Add("/v1/recommend", $"{{\"available_time\":90,\"excluded_ids_a\":{Numbers(5001)}}}", "excluded_ids_a");
        Add("/v1/recommend", $"{{\"available_time\":90,\"excluded_ids_b\":{Numbers(5001)}}}", "excluded_ids_b");
        Add("/v1/recommend", $"{{\"available_time\":90,\"negative_movie_ids\":{Numbers(5001)}}}", "negative_movie_ids");
        Add("/v1/recommend", """{"available_time":90,"history":[{"movie_id":1,"rating":0}]}""", "history[0].rating");
        Add("/v1/recommend", """{"available_time":90,"groups":[[1],[2]],"user_movie_ids":[3]}""", "user_movie_ids");
        Add("/v1/recommend", $"{{\"available_time\":90,\"locked_movie_ids\":{Numbers(16)}}}", "locked_movie_ids");
        Add("/v1/recommend", "{\"available_time\":90,\"preferred_genres\":[\"\"]}", "preferred_genres");
        Add("/v1/recommend", $"{{\"available_time\":90,\"preferred_genres\":[\"{new string('x', 61)}\"]}}", "preferred_genres");
        Add("/v1/recommend", $"{{\"available_time\":90,\"genres\":[{string.Join(',', Enumerable.Repeat("\"x\"", 31))}]}}", "genres");
        Add("/v1/recommend", $"{{\"available_time\":90,\"preferred_otts\":[{string.Join(',', Enumerable.Repeat("\"x\"", 61))}]}}", "preferred_otts");
        Add("/v1/recommend", "{\"available_time\":90,\"allow_adult\":\"yes\"}", "allow_adult");
        Add("/v1/recommend", "{\"available_time\":90,\"seed\":\"x\"}", "seed");
        Add("/v1/recommend", $"{{\"available_time\":90,\"client_user_id\":\"{new string('x', 129)}\"}}", "client_user_id");
        Add("/v1/recommend", "{\"available_time\":90,\"client_user_id\":\"a\\u0000b\"}", "client_user_id");
        Add("/v1/recommend_single", "{\"target_runtime\":90}", "track");
        Add("/v1/recommend_single", "{\"target_runtime\":90,\"track\":\"c\"}", "track");
        Add("/v1/recommend_single", "{\"target_runtime\":90,\"track\":0}", "track");
        Add("/v1/recommend_single", "{\"track\":\"a\"}", "target_runtime");
        Add("/v1/recommend_single", $"{{\"target_runtime\":90,\"track\":\"a\",\"excluded_ids\":{Numbers(5001)}}}", "excluded_ids");
        Add("/v1/search", "{}", "query");
        Add("/v1/search", "{\"query\":\"\"}", "query");
        Add("/v1/search", $"{{\"query\":\"{new string('x', 501)}\"}}", "query");
        Add("/v1/search", "{\"query\":\"x\",\"k\":0}", "k");
        Add("/v1/search", "{\"query\":\"x\",\"k\":101}", "k");
        Add("/v1/feedback", "{\"movie_id\":1,\"type\":\"liked\"}", "recommendation_id");
        Add("/v1/feedback", "{\"recommendation_id\":\"x\",\"movie_id\":1,\"type\":\"liked\"}", "recommendation_id");
        Add("/v1/feedback", $"{{\"recommendation_id\":\"{Guid.Empty}\",\"movie_id\":1,\"type\":\"loved\"}}", "type");
        Add("/v1/feedback", $"{{\"recommendation_id\":\"{Guid.Empty}\",\"movie_id\":\"1\",\"type\":\"liked\"}}", "movie_id");
        Add("GET /v1/movies/1/similar?k=0", "", "k");
        Add("GET /v1/movies/1/similar?k=101", "", "k");
        Add("GET /v1/movies/1/similar?k=x", "", "k");
        Add("GET /v1/genres?limit=0", "", "limit");
        Add("GET /v1/genres?limit=201", "", "limit");
        Add("GET /v1/otts?offset=-1", "", "offset");
        Add("GET /v1/otts?limit=1.5", "", "limit");
        return data;
    }

    [Fact]
    public async Task A_field_of_wrong_type_length_or_range_is_named_in_JSON_and_nothing_is_charged()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        var cases = InvalidFields().Select(row => row.Data).ToList();
        foreach (var (path, body, field) in cases)
        {
            using var response = path.StartsWith("GET ", StringComparison.Ordinal) ? await api.GetAsync(key, path[4..])
                : await api.PostRawAsync(key, path, body);
            var shown = body.Length > 100 ? body[..100] : body;
            Assert.True(response.StatusCode == HttpStatusCode.UnprocessableEntity,
                $"{path} {shown}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED");
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out var messages), $"{path} {shown}: {problem}");
            Assert.All(messages.EnumerateArray(), message => Assert.DoesNotMatch("[a-z][A-Z]", message.GetString()!)); // no C# name in a message
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{cases.Count} invalid requests");
        Assert.Empty(Inference.Calls);
        Assert.All(await LogRowsAsync(cases.Count, handle),
            row => Assert.Equal((422, false, "VALIDATION_FAILED"), (row.Status, row.Charged, row.ErrorCode)));
    }

    [Fact]
    public async Task What_is_not_JSON_or_not_declared_as_such_is_refused_as_the_contract_says()
    {
        var api = await StartApiAsync();
        var (handle, key) = await api.CreateKeyAsync();
        var bodies = new List<(byte[] Body, string MediaType, HttpStatusCode Status, string Code)>
        {
            ("{"u8.ToArray(), "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON"),
            ("{\"available_time\":NaN}"u8.ToArray(), "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON"),
            ("{\"available_time\":90}}"u8.ToArray(), "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON"),
            ("{'available_time':90}"u8.ToArray(), "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON"),
            ([.. "{\"client_user_id\":\""u8, 0xC3, 0x28, .. "\",\"available_time\":90}"u8], "application/json", HttpStatusCode.BadRequest,
                "MALFORMED_JSON"),
            (Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 1000)), "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON"),
            ([], "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST"),
            ("null"u8.ToArray(), "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST"),
            ("{\"available_time\":90}"u8.ToArray(), "text/plain", HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"),
            ("available_time=90"u8.ToArray(), "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"),
            (Encoding.UTF8.GetBytes($"{{\"x\":\"{new string('x', 1024 * 1024)}\"}}"), "application/json", HttpStatusCode.RequestEntityTooLarge,
                "PAYLOAD_TOO_LARGE"),
        };
        foreach (var (body, mediaType, status, code) in bodies)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(mediaType);
            using var response = await api.SendAsync(key, HttpMethod.Post, "/v1/recommend", content);
            await response.ProblemAsync(status, code);
        }

        Assert.All(await LogRowsAsync(bodies.Count, handle), row => Assert.Equal(("/v1/recommend", false), (row.Endpoint, row.Charged)));
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var api = await StartApiAsync();
        var (_, key) = await api.CreateKeyAsync();
        using var response = await api.PostRawAsync(key, "/v1/recommend", "{\"available_time\":90,\"mood\":{\"deep\":[1,{\"er\":null}]}}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
