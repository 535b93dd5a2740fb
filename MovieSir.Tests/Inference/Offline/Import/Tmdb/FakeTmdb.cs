using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MovieSir.Tests.Inference.Offline.Import.Tmdb;

/// <summary>
/// A server on loopback that answers in the shapes of TMDB's API, and fails as told. It stands in for TMDB, which no test can reach: that the shapes
/// are TMDB's is taken from its documentation.
/// </summary>
internal sealed class FakeTmdb : IAsyncDisposable
{
    public const string Key = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXNlY3JldC1zZWNyZXQ.signature-of-the-test";

    private readonly WebApplication _app;

    private FakeTmdb(WebApplication app) => _app = app;

    /// <summary>Movies by id, as JSON.</summary>
    public ConcurrentDictionary<int, string> Movies { get; } = [];

    /// <summary>What happens to a movie's requests before it is answered, one of them a request.</summary>
    public ConcurrentDictionary<int, ConcurrentQueue<Func<HttpContext, Task>>> Faults { get; } = [];

    /// <summary>Paths with their queries, and when they came.</summary>
    public ConcurrentQueue<(string Path, long At)> Requests { get; } = [];

    /// <summary>Called at every request for a movie, with the number of requests so far.</summary>
    public Action<int>? OnRequest { get; set; }

    public string Address => _app.Urls.Single() + "/3/";

    public static async Task<FakeTmdb> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var tmdb = new FakeTmdb(app);
        app.Use(async (context, next) =>
        {
            tmdb.Requests.Enqueue((context.Request.Path + context.Request.QueryString, Stopwatch.GetTimestamp()));
            if (context.Request.Headers.Authorization != $"Bearer {Key}")
            {
                await Status(401)(context);
                return;
            }

            await next();
        });
        app.MapGet("/3/movie/{id:int}", (int id, HttpContext context) => tmdb.AnswerAsync(id, context));
        app.MapGet("/3/discover/movie", (int page) => Results.Text(tmdb.Page(page), "application/json"));
        await app.StartAsync();
        return tmdb;
    }

    public void AddMovies(int from, int to)
    {
        for (var id = from; id <= to; id++)
        {
            Movies[id] = ImportBench.Movie(id, $"Movie {id}");
        }
    }

    public void Fail(int id, params Func<HttpContext, Task>[] faults) => Faults[id] = new(faults);

    public static Func<HttpContext, Task> Status(int status, int? retryAfterSeconds = null) => async context =>
    {
        context.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        await context.Response.WriteAsync("""{"success": false, "status_code": 7, "status_message": "No."}""");
    };

    /// <summary>Half an answer, and then the connection is gone.</summary>
    public static async Task Cut(HttpContext context)
    {
        context.Response.ContentLength = 10_000;
        await context.Response.WriteAsync("""{"id": 1, "title": "Half""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public int RequestsFor(int id) => Requests.Count(request => request.Path.StartsWith($"/3/movie/{id}?", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(int id, HttpContext context)
    {
        OnRequest?.Invoke(Requests.Count);
        if (Faults.TryGetValue(id, out var faults) && faults.TryDequeue(out var fault))
        {
            await fault(context);
        }
        else if (Movies.TryGetValue(id, out var movie))
        {
            context.Response.ContentType = "application/json;charset=utf-8";
            await context.Response.WriteAsync(movie);
        }
        else
        {
            await Status(404)(context);
        }
    }

    private string Page(int page)
    {
        var ids = Movies.Keys.Order().ToArray();
        return new JsonObject
        {
            ["page"] = page,
            ["results"] = new JsonArray(
                [.. ids.Skip((page - 1) * 20).Take(20).Select(id => new JsonObject { ["id"] = id, ["title"] = $"Movie {id}" })]),
            ["total_pages"] = (ids.Length + 19) / 20,
            ["total_results"] = ids.Length,
        }.ToJsonString();
    }
}
