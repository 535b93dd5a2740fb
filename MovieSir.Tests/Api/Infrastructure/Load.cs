using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;

namespace MovieSir.Tests.Api.Infrastructure;

/// <summary>
/// Callers who each make one call after the other, with a breath between, and take down every answer that they received whole. Eight make some
/// hundred calls a second: more would only keep the tests beside them from running.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, int> _countByStatus = new();
    private readonly Task[] _workers;

    public Load(HttpClient client, string key, int workers = 8)
    {
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(() => CallAsync(client, key)))];
    }

    /// <summary>By request id.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();

    /// <summary>Calls that ended without an answer.</summary>
    public ConcurrentQueue<Exception> Broken { get; } = new();

    /// <summary>How long the slowest answer took.</summary>
    public TimeSpan Longest { get; private set; }

    public int Workers => _workers.Length;

    /// <summary>How many answers there are of each status.</summary>
    public string Summary => string.Join(", ", _countByStatus.Select(pair => $"{pair.Value} x {pair.Key}"));

    /// <summary>Returns when so many more answers of a status have come.</summary>
    public async Task UntilAsync(int more, int status)
    {
        var target = _countByStatus.GetValueOrDefault(status) + more;
        for (var i = 0; i < 3000 && _countByStatus.GetValueOrDefault(status) < target; i++)
        {
            await Task.Delay(20);
        }

        Assert.True(_countByStatus.GetValueOrDefault(status) >= target, $"No {more} answers {status} in a minute; got {Summary}");
    }

    /// <summary>No call begins any more; those under way end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task CallAsync(HttpClient client, string key)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/recommend")
                { Content = JsonContent.Create(new { available_time = 180 }) };
                request.Headers.Add("X-API-Key", key);
                var startedAt = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request);
                lock (_stop)
                {
                    Longest = TimeSpan.FromTicks(Math.Max(Longest.Ticks, Stopwatch.GetElapsedTime(startedAt).Ticks));
                }

                Assert.True(Answers.TryAdd(response.Header("X-Request-Id"), (int)response.StatusCode));
                _countByStatus.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                await Task.Delay(Breath);
            }
            catch (HttpRequestException exception)
            {
                Broken.Enqueue(exception);
                await Task.Delay(20);
            }
        }
    }
}
