using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MovieSir.Inference.Encoding;

/// <summary>What encoding reports under the name <c>MovieSir.Inference</c>.</summary>
internal static class EncoderTelemetry
{
    private const string SourceName = "MovieSir.Inference";

    private static readonly Meter Meter = new(SourceName);

    public static readonly ActivitySource Activities = new(SourceName);

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("moviesir.encoder.duration", "s", "Time from a call with texts to its vectors.");

    public static readonly Counter<long> Texts =
        Meter.CreateCounter<long>("moviesir.encoder.texts", "{text}", "Texts encoded, by whether they have an embedding.");
}
