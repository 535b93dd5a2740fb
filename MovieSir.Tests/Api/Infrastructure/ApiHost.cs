using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieSir.Api.Hosting;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data.B2b;

namespace MovieSir.Tests.Api.Infrastructure;

/// <summary>One replica of the API: the real host on a free port over the given stores, in this process.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private ApiHost(WebApplication app, LogCollector log)
    {
        (_app, Log) = (app, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Sends no key of itself.</summary>
    public HttpClient Client { get; }

    public LogCollector Log { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> StartAsync(string postgres, string redis, string inference, params string[] settings)
    {
        var log = new LogCollector();
        var app = ServeCommand.Build(
            [
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:moviesir={postgres}",
                $"--ConnectionStrings:redis={redis}",
                $"--Inference:Address={inference}",
                "--Shutdown:DrainSeconds=0",
                "--Accounting:PollMilliseconds=20",
                "--Traveller:ApiKeySecret=the-secret-of-every-test",
                .. settings,
            ],
            logging => logging.ClearProviders().AddProvider(log));
        await app.StartAsync();
        return new ApiHost(app, log);
    }

    public async Task<(PartnerKeyHandle Handle, string Key)> CreateKeyAsync(
        string company = "대한항공", Plan plan = Plan.Basic, int? dailyLimit = null, int? burst = 100_000, DateTimeOffset? expiresAt = null)
    {
        var manager = ActivatorUtilities.CreateInstance<ApiKeyManager>(Services);
        var (info, key) = await manager.CreateAsync(new NewApiKey(company, plan, "test", dailyLimit, burst, expiresAt), CancellationToken.None);
        return (new PartnerKeyHandle(info.ApiKeyId, info.Company), key);
    }

    public Task<bool> RevokeAsync(Guid apiKeyId) =>
        ActivatorUtilities.CreateInstance<ApiKeyManager>(Services).RevokeAsync(apiKeyId, CancellationToken.None);

    public Task<HttpResponseMessage> PostAsync(string? key, string path, object body) =>
        SendAsync(key, HttpMethod.Post, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> PostRawAsync(string? key, string path, string body, string mediaType = "application/json") =>
        SendAsync(key, HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)));

    public Task<HttpResponseMessage> GetAsync(string? key, string path) => SendAsync(key, HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> RecommendAsync(string? key) => PostAsync(key, "/v1/recommend", new { available_time = 180 });

    public async Task<HttpResponseMessage> SendAsync(string? key, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>What SIGTERM does.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_stopped)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _app.StopAsync(limit.Token);
        }

        await _app.DisposeAsync();
    }
}

/// <summary>Names a key in the database.</summary>
public sealed record PartnerKeyHandle(Guid ApiKeyId, string Company);

/// <summary>Keeps everything that was logged, at every level.</summary>
public sealed class LogCollector : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            collector.Entries.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
