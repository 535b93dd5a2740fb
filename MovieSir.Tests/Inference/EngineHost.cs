using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Hosting;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Tests.Inference;

/// <summary>
/// The service as `serve` builds it, in this process, on a given database; only the sentence encoder is replaced by one that is known.
/// </summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = CreateJson();
    private readonly WebApplication _app;

    private EngineHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public ServedCatalog Catalog => _app.Services.GetRequiredService<ServedCatalog>();

    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public RecordedLogs Logs => _app.Services.GetRequiredService<RecordedLogs>();

    /// <param name="connectionString">The database.</param>
    /// <param name="waitUntilLoaded">Returns only when there is a catalog to serve.</param>
    /// <param name="encoder">In place of the encoder of <see cref="EngineCatalog"/>'s clusters.</param>
    /// <param name="configure">What else is replaced.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static async Task<EngineHost> StartAsync(
        string connectionString,
        bool waitUntilLoaded = true,
        ISentenceEncoder? encoder = null,
        Action<IServiceCollection>? configure = null,
        params string[] settings)
    {
        var app = ServeCommand.Build(
            [
                $"--ConnectionStrings:moviesir={connectionString}",
                "--Catalog:PollSeconds=1",
                "--Catalog:RetrySeconds=1",
                .. settings,
            ],
            builder =>
            {
                builder.WebHost.UseTestServer();
                var logs = new RecordedLogs();
                builder.Logging.ClearProviders().AddProvider(logs);
                builder.Services.AddSingleton(logs);
                foreach (var warmUp in builder.Services.Where(service => service.ImplementationType == typeof(EncoderWarmUp)).ToList())
                {
                    builder.Services.Remove(warmUp);
                }

                builder.Services.Replace(ServiceDescriptor.Singleton(encoder ?? new ClusterEncoder()));
                configure?.Invoke(builder.Services);
            });
        await app.StartAsync();
        var host = new EngineHost(app);
        if (waitUntilLoaded)
        {
            await host.UntilAsync(() => host.Catalog.Current is not null);
        }

        return host;
    }

    public async Task<T> PostAsync<T>(string path, object body)
    {
        var response = await Client.PostAsJsonAsync(path, body, Json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<T>(text, Json)!;
    }

    /// <summary>A refused call: its status and its problem details.</summary>
    public async Task<(int Status, JsonElement Problem)> RefusedAsync(string path, object body)
    {
        var response = await Client.PostAsJsonAsync(path, body, Json);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        var response = await Client.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within a minute. Log: {Logs}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        HttpConventionsExtensions.Configure(options);
        return options;
    }

    /// <summary>English only: the axis of the cluster whose genre a text names, and nothing for Hangul.</summary>
    private sealed class ClusterEncoder : ISentenceEncoder
    {
        public string Name => "test-encoder";

        public Task<int> DimensionAsync(CancellationToken cancellationToken) => Task.FromResult(EngineCatalog.Dimension);

        public bool IsMultilingual => false;

        public string Recipe => Name;

        public Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<float[]?>>([.. texts.Select(Encode)]);

        private static float[]? Encode(string text)
        {
            if (text == "broken")
            {
                throw new EncoderUnavailableException("The test's encoder is broken.");
            }

            var cluster = Array.FindIndex(EngineCatalog.ClusterGenres, genre => text.Contains(genre, StringComparison.OrdinalIgnoreCase));
            return cluster < 0 ? null : EngineCatalog.Vector(cluster, movie: 0, spread: 0f);
        }
    }
}

/// <summary>What was logged, to be looked at.</summary>
internal sealed class RecordedLogs : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            lock (_lines)
            {
                _lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }
    }

    public bool Contains(string text)
    {
        lock (_lines)
        {
            return _lines.Any(line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    public void Dispose()
    {
    }
}
