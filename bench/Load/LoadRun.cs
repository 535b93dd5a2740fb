using System.Diagnostics;
using System.Globalization;

namespace MovieSir.Bench.Load;

/// <param name="Name">In the table.</param>
/// <param name="Address">Where the call goes.</param>
/// <param name="ApiKey">Null where it needs none.</param>
/// <param name="ProcessIds">The service's processes, to tell what a call costs them; may be empty.</param>
internal sealed record LoadTarget(string Name, Uri Address, string? ApiKey, int[] ProcessIds);

/// <summary>What one run saw. Latencies are milliseconds from sending a call to its last byte, of answered calls only.</summary>
internal sealed class LoadResult(double[] sortedLatencies, int failed, long bytes, TimeSpan elapsed, TimeSpan servicesCpu, TimeSpan ownCpu)
{
    public int Answered => sortedLatencies.Length;

    public int Failed => failed;

    public double CallsPerSecond => Answered / elapsed.TotalSeconds;

    /// <summary>Processor milliseconds that the named processes spent on a call.</summary>
    public double ServicesCpuPerCall => servicesCpu.TotalMilliseconds / Answered;

    /// <summary>Likewise of the load generator.</summary>
    public double OwnCpuPerCall => ownCpu.TotalMilliseconds / Answered;

    public double BytesPerCall => (double)bytes / Answered;

    /// <summary>Nearest-rank percentile.</summary>
    public double Percentile(double percent) => Answered == 0
        ? double.NaN
        : sortedLatencies[Math.Clamp((int)Math.Ceiling(percent / 100 * Answered) - 1, 0, Answered - 1)];
}

internal static class LoadRun
{
    private const long ClockTicksPerSecond = 100;

    public static LoadResult Measure(LoadTarget target, RequestMix requests, int connections, TimeSpan duration)
    {
        var bodies = Enumerable.Range(0, requests.Count).Select(call => Connection.Request(target, requests[call])).ToArray();
        var (services, own) = (CpuOf(target.ProcessIds), Environment.CpuUsage.TotalTime);
        var clock = Stopwatch.StartNew();
        var results = new (List<double> Latencies, int Failed, long Bytes)[connections];
        var threads = Enumerable.Range(0, connections).Select(worker =>
        {
            var thread = new Thread(() => results[worker] = Work(target, bodies, worker, connections, clock, duration));
            thread.Start();
            return thread;
        }).ToArray();
        Array.ForEach(threads, thread => thread.Join());
        var elapsed = clock.Elapsed;
        return new LoadResult(
            [.. results.SelectMany(result => result.Latencies).Order()],
            results.Sum(result => result.Failed),
            results.Sum(result => result.Bytes),
            elapsed,
            CpuOf(target.ProcessIds) - services,
            Environment.CpuUsage.TotalTime - own);
    }

    private static (List<double> Latencies, int Failed, long Bytes) Work(
        LoadTarget target, byte[][] requests, int worker, int stride, Stopwatch clock, TimeSpan duration)
    {
        using var connection = new Connection(target.Address);
        var latencies = new List<double>(65536);
        var failed = 0;
        var received = 0L;
        for (var call = worker; clock.Elapsed < duration; call += stride)
        {
            var start = Stopwatch.GetTimestamp();
            var (status, bytes) = connection.Exchange(requests[call % requests.Length]);
            if (status == 200)
            {
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                received += bytes;
            }
            else
            {
                failed++;
            }
        }

        return (latencies, failed, received);
    }

    /// <summary>User and system time of processes so far, from /proc.</summary>
    private static TimeSpan CpuOf(int[] processIds) => TimeSpan.FromSeconds(processIds.Sum(id =>
    {
        // The second field, the name, may hold spaces: count from its closing bracket.
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / (
            double)ClockTicksPerSecond;
    }));
}
