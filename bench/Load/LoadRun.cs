using System.Diagnostics;
using System.Net.Http.Headers;

namespace MovieSir.Bench.Load;

internal sealed record LoadTarget(string Name, Uri Address, string? ApiKey);

/// <summary>What one run saw. Latencies are milliseconds from sending a call to its last byte, of answered calls only.</summary>
internal sealed class LoadResult(double[] sortedLatencies, int failed, TimeSpan elapsed)
{
    public int Answered => sortedLatencies.Length;

    public int Failed => failed;

    public double CallsPerSecond => Answered / elapsed.TotalSeconds;

    /// <summary>Nearest-rank percentile.</summary>
    public double Percentile(double percent) => Answered == 0
        ? double.NaN
        : sortedLatencies[Math.Clamp((int)Math.Ceiling(percent / 100 * Answered) - 1, 0, Answered - 1)];
}

internal static class LoadRun
{
    public static async Task<LoadResult> MeasureAsync(
        LoadTarget target, RequestMix requests, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromSeconds(30) };
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, connections)
            .Select(worker => Task.Run(() => WorkAsync(client, target, requests, worker, connections, clock, duration, cancellationToken), cancellationToken));
        var results = await Task.WhenAll(workers);
        var elapsed = clock.Elapsed;
        var latencies = results.SelectMany(result => result.Latencies).Order().ToArray();
        return new LoadResult(latencies, results.Sum(result => result.Failed), elapsed);
    }

    private static async Task<(List<double> Latencies, int Failed)> WorkAsync(
        HttpClient client, LoadTarget target, RequestMix requests, int worker, int stride, Stopwatch clock, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new List<double>(4096);
        var failed = 0;
        for (var call = worker; clock.Elapsed < duration; call += stride)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = new ByteArrayContent(requests[call]) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (target.ApiKey is not null)
            {
                message.Headers.Add("X-API-Key", target.ApiKey);
            }

            var start = Stopwatch.GetTimestamp();
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            else
            {
                failed++;
            }
        }

        return (latencies, failed);
    }
}
