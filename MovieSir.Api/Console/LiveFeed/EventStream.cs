using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using MovieSir.Api.Console.Logs;

namespace MovieSir.Api.Console.LiveFeed;

/// <summary>
/// Calls as server-sent events, until the page is closed, the sign-in or the company ends, or this process stops. The page comes back by itself, with
/// the id of the last event that it has.
/// </summary>
/// <param name="reader">Finds what is new.</param>
/// <param name="place">Given back at the end.</param>
/// <param name="isStill">Whether the member may still read it.</param>
internal sealed class EventStream(FeedReader reader, IDisposable place, Func<CancellationToken, Task<bool>> isStill)
    : IResult, IEndpointMetadataProvider
{
    private const string MediaType = "text/event-stream";
    private const int RetryMilliseconds = 3000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(LogRow), [MediaType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = place;
        var services = httpContext.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers["X-Accel-Buffering"] = "no"; // the edge passes each event on at once
        try
        {
            await WriteAsync(
                response, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions,
                services.GetRequiredService<TimeProvider>(), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or this process stops.
        }
    }

    private async Task WriteAsync(HttpResponse response, JsonSerializerOptions json, TimeProvider clock, CancellationToken cancellationToken)
    {
        await response.WriteAsync(string.Create(null, $"retry: {RetryMilliseconds}\n\n"), cancellationToken);
        var heartbeatAt = clock.GetUtcNow() + HeartbeatInterval;
        while (true)
        {
            foreach (var row in await reader.LookAsync(cancellationToken))
            {
                var data = JsonSerializer.Serialize(row, json); // one line: JSON has no line break of its own
                await response.WriteAsync($"id: {new LogCursor(row.OccurredAt, row.LogId)}\nevent: call\ndata: {data}\n\n", cancellationToken);
            }

            if (clock.GetUtcNow() >= heartbeatAt)
            {
                if (!await isStill(cancellationToken))
                {
                    return;
                }

                await response.WriteAsync(":\n\n", cancellationToken);
                heartbeatAt = clock.GetUtcNow() + HeartbeatInterval;
            }

            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(LookInterval, clock, cancellationToken);
        }
    }
}
