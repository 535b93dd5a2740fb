using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MovieSir.Tests.Api.Infrastructure;

/// <summary>
/// Stands where the engine is, over real HTTP, so that a test can make it slow, dumb or broken. What the real engine answers is tested
/// end to end elsewhere.
/// </summary>
public sealed class InferenceStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile Func<HttpContext, Task> _behavior;

    private InferenceStandIn(int port)
    {
        _behavior = AnswerAsync;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            Calls.Enqueue((context.Request.Path.Value!, body));
            await _behavior(context);
        });
    }

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<(string Path, string Body)> Calls { get; } = new();

    public static async Task<InferenceStandIn> StartAsync(int port = 0)
    {
        var standIn = new InferenceStandIn(port);
        await standIn._app.StartAsync();
        return standIn;
    }

    public void Behave(Func<HttpContext, Task>? behavior) => _behavior = behavior ?? AnswerAsync;

    public void Fail(int status) => Behave(context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public void Hang() => Behave(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

    public void Reset() => Behave(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        Behave(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    public static Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/recommend" => WriteAsync(context, new
        {
            track_a = Track("선호 장르 맞춤 추천", 101, 102),
            track_b = Track("장르 확장 추천", 103),
            elapsed_time = 0.001,
            model_version = "stand-in",
        }),
        "/recommend_single" => WriteAsync(context, new
        {
            movie_id = 104,
            tmdb_id = 104,
            title = "영화 104",
            genres = Array.Empty<string>(),
            otts = Array.Empty<string>(),
            runtime = 95,
            fallback_level = 0
        }),
        _ => WriteAsync(context, new { movies = new[] { Found(201), Found(202), Found(203) }, matched_by = "meaning" }),
    };

    /// <summary>Answers a search, or what is like a movie, with these.</summary>
    public static Task AnswerMoviesAsync(HttpContext context, params int[] ids) =>
        WriteAsync(context, new { movies = ids.Select(Found).ToArray(), matched_by = "meaning" });

    /// <summary>Answers a recommendation with these movies on track A and B.</summary>
    public static Task AnswerTracksAsync(HttpContext context, int[] trackA, int[] trackB, bool fillsTime = true) => WriteAsync(context, new
    {
        track_a = new { label = "A", movies = trackA.Select(Movie).ToArray(), total_runtime = 90 * trackA.Length, fills_time = fillsTime },
        track_b = new { label = "B", movies = trackB.Select(Movie).ToArray(), total_runtime = 90 * trackB.Length, fills_time = fillsTime },
        elapsed_time = 0.001,
        model_version = "stand-in",
    });

    public static Task ProblemAsync(HttpContext context, int status, string code, object? errors = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { status, code, detail = "The stand-in says so.", errors }, (JsonSerializerOptions?)null, "application/problem+json");
    }

    private static object Track(string label, params int[] ids) =>
        new { label, movies = ids.Select(Movie).ToArray(), total_runtime = 90 * ids.Length, fills_time = true };

    private static object Movie(int id) => new
    {
        movie_id = id,
        tmdb_id = id,
        imdb_id = $"tt{id:D7}",
        title = $"영화 {id}",
        runtime = 90,
        genres = new[] { "드라마" },
        otts = new[] { "Netflix" },
        vote_average = 7.5,
        vote_count = 1000,
        score = 0.5,
        recommendation_type = "hybrid",
    };

    private static System.Text.Json.Nodes.JsonNode Found(int id)
    {
        var movie = JsonSerializer.SerializeToNode(Movie(id))!;
        movie["matched_by"] = JsonSerializer.SerializeToNode(new[] { "meaning", "words" });
        return movie;
    }

    private static Task WriteAsync(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer);
}
