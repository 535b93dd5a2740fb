using System.Diagnostics;
using System.Diagnostics.Metrics;
using MovieSir.ServiceDefaults;

namespace MovieSir.Inference.Telemetry;

/// <summary>Spans and figures of the serving engine, under the name <c>MovieSir.Inference</c>.</summary>
internal static class InferenceTelemetry
{
    public const string Name = ServiceDefaultsExtensions.TelemetryPrefix + "Inference";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    /// <summary>Seconds that a call spent in the engine, by <c>call</c>.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "moviesir.inference.duration", "s", "Time that a call spends in the engine, without HTTP and JSON.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512],
        });

    /// <summary>Movies that passed the filters of a call, by <c>call</c>.</summary>
    public static readonly Histogram<int> Candidates = Meter.CreateHistogram<int>(
        "moviesir.inference.candidates", "{movie}", "Movies that passed the filters of a call.");

    public static readonly Counter<long> Swaps = Meter.CreateCounter<long>(
        "moviesir.inference.catalog.swaps", "{swap}", "Snapshots of the catalog put into service.");

    public static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "moviesir.inference.catalog.refusals", "{refusal}", "Loads of the catalog that failed or were refused; the old one served on.");

    public static void Record(string call, long startedTimestamp, int candidates)
    {
        var tag = new KeyValuePair<string, object?>("call", call);
        Duration.Record(Stopwatch.GetElapsedTime(startedTimestamp).TotalSeconds, tag);
        Candidates.Record(candidates, tag);
    }
}
