using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using MovieSir.Inference.Hosting;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Encoders;

public sealed class EmbedEndpointsTests(TestServers servers) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-embed-").FullName;
    private TestDatabase _database = null!;
    private WebApplication? _app;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Texts_get_vectors_in_order_and_null_where_there_is_none()
    {
        var app = await StartAsync();

        var (status, answer) = await PostAsync(app, """{"texts": ["a movie about toys", "장난감", ""]}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(384, answer.GetProperty("dimension").GetInt32());
        Assert.Equal("all-MiniLM-L6-v2", answer.GetProperty("model").GetString());
        var vectors = answer.GetProperty("vectors").EnumerateArray().ToArray();
        Assert.Equal([JsonValueKind.Array, JsonValueKind.Null, JsonValueKind.Null], vectors.Select(vector => vector.ValueKind));
        Assert.Equal(1, vectors[0].EnumerateArray().Sum(value => Math.Pow(value.GetDouble(), 2)), 1e-5);
    }

    [Fact]
    public async Task An_encoder_that_cannot_be_loaded_is_said_so_and_the_service_stays_up()
    {
        var app = await StartAsync($"--Encoder:Path={_folder}");

        var (status, problem) = await PostAsync(app, """{"texts": ["a movie about toys"]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("ENCODER_UNAVAILABLE", problem.GetProperty("code").GetString());
        using var client = Client(app);
        // The catalog is empty here, so that the whole is not ready; the encoder alone would not make it so.
        using var answer = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("encoder").GetString());
        Assert.Contains("model.onnx", health.GetProperty("encoder_fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_and_twenty_nine_texts_are_too_many()
    {
        var app = await StartAsync();
        var (status, problem) = await PostAsync(app, JsonSerializer.Serialize(new { texts = Enumerable.Repeat("toy", 129) }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("texts", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(WebApplication app, string body)
    {
        using var client = Client(app);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/embed", content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private async Task<WebApplication> StartAsync(params string[] settings)
    {
        _app = ServeCommand.Build(["--urls=http://127.0.0.1:0", $"--ConnectionStrings:moviesir={_database.ConnectionString}", .. settings]);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        return _app;
    }
}
