using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieSir.ServiceDefaults;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Tests.ServiceDefaults;

/// <summary>The one error shape, on a host that has nothing but the conventions.</summary>
public sealed class HttpConventionsTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddHttpConventions();
        builder.Services.AddValidation();
        builder.Services.AddHealthChecks()
            .AddCheck("engine", () => HealthCheckResult.Healthy(data: new Dictionary<string, object> { ["movies"] = 7419 }));
        _app = builder.Build();
        _app.UseHttpConventions();
        _app.MapDefaultEndpoints();
        _app.MapPost("/recommend", (RecommendRequest request) => TypedResults.Ok(request));
        _app.MapPost("/embed", (EmbedRequest request) => TypedResults.Ok(request));
        _app.MapGet("/items/{id:int}", (int id, [Range(1, 5)] int k) => TypedResults.Ok(id + k));
        _app.MapGet("/fault", string () => throw new InvalidOperationException("a secret of the server"));
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/recommend", """{"available_time":0}""", "available_time")]
    [InlineData("/recommend", """{"available_time":-60}""", "available_time")]
    [InlineData("/recommend", """{"available_time":100000}""", "available_time")]
    [InlineData("/recommend", """{"available_time":"180"}""", "available_time")]
    [InlineData("/recommend", """{"available_time":1e999}""", "available_time")]
    [InlineData("/recommend", """{}""", "available_time")]
    [InlineData("/recommend", """{"available_time":180,"user_movie_ids":null}""", "user_movie_ids")]
    [InlineData("/recommend", """{"available_time":180,"user_movie_ids":[1,"x"]}""", "user_movie_ids[1]")]
    [InlineData("/recommend", """{"available_time":180,"user_movie_ids":[1.5]}""", "user_movie_ids[0]")]
    [InlineData("/recommend", """{"available_time":180,"preferred_genres":[null]}""", "preferred_genres")]
    [InlineData("/recommend", """{"available_time":180,"preferred_genres":[""]}""", "preferred_genres")]
    [InlineData("/recommend", """[]""", "body")]
    [InlineData("/embed", """{"texts":[]}""", "texts")]
    [InlineData("/embed", """{"texts":[null]}""", "texts")]
    public async Task A_wrong_field_is_named_in_json_terms(string path, string body, string field)
    {
        var (status, problem) = await PostAsync(path, body, "application/json");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("VALIDATION_FAILED", problem.GetProperty("code").GetString());
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("""{"available_time":180""", "application/json", HttpStatusCode.BadRequest, "MALFORMED_JSON")]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("available_time=180", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE")]
    public async Task A_body_that_cannot_be_read_says_why(string body, string mediaType, HttpStatusCode status, string code)
    {
        var (answered, problem) = await PostAsync("/recommend", body, mediaType);

        Assert.Equal(status, answered);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/items/1", HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED")]
    [InlineData("/items/1?k=9", HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED")]
    [InlineData("/items/1?k=nine", HttpStatusCode.UnprocessableEntity, "VALIDATION_FAILED")]
    [InlineData("/items/one?k=1", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("/recommend", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    [InlineData("/fault", HttpStatusCode.InternalServerError, "INTERNAL_ERROR")]
    public async Task Every_failure_has_the_one_shape_and_a_request_id(string path, HttpStatusCode status, string code)
    {
        using var response = await _client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(text).RootElement;

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-Id")), problem.GetProperty("request_id").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var (status, _) = await PostAsync("/recommend", """{"available_time":180,"color":"blue"}""", "application/json");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_check_that_hangs_is_answered_for_in_time()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddAsyncCheck("hangs", () => new TaskCompletionSource<HealthCheckResult>().Task);
        await using var app = builder.Build();
        app.UseRequestTimeouts();
        app.UseOutputCache();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var response = await app.GetTestClient().GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var checks = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("checks");
        Assert.Equal("Unhealthy", checks.GetProperty("hangs").GetString());
        Assert.Equal("Healthy", checks.GetProperty("self").GetString());
    }

    [Theory]
    [InlineData("/health", true)]
    [InlineData("/alive", false)]
    public async Task Readiness_asks_every_check_and_liveness_only_the_process(string path, bool asksTheEngine)
    {
        var health = JsonDocument.Parse(await _client.GetStringAsync(path)).RootElement;

        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        Assert.Equal("Healthy", health.GetProperty("checks").GetProperty("self").GetString());
        Assert.Equal(asksTheEngine, health.TryGetProperty("movies", out _));
    }

    private async Task<(HttpStatusCode Status, JsonElement Problem)> PostAsync(string path, string body, string mediaType)
    {
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        using var response = await _client.PostAsync(path, content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
