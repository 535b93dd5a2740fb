using System.Diagnostics.Metrics;
using MovieSir.Inference.Telemetry;

namespace MovieSir.Inference.Encoding;

/// <summary>What encoding reports, under the name that all of this service reports under.</summary>
internal static class EncoderTelemetry
{
    public static readonly Histogram<double> Duration = InferenceTelemetry.Meter.CreateHistogram<double>(
        "moviesir.encoder.duration", "s", "Time from a call with texts to its vectors, by encoder and role.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
        });

    public static readonly Counter<long> Texts = InferenceTelemetry.Meter.CreateCounter<long>(
        "moviesir.encoder.texts", "{text}", "Texts encoded, by encoder and by whether they have an embedding.");
}
