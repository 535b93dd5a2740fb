using System.Globalization;

namespace MovieSir.Inference.Offline.Embed;

/// <summary>How far a run is, in movies.</summary>
internal readonly record struct EmbedStatus(long Total, long Unchanged, long Encoded)
{
    public long Done => Unchanged + Encoded;
}

/// <summary>Shows progress with rate and remaining time: one line that is written over on a terminal, a line now and then in a log.</summary>
internal sealed class EmbedProgress(TextWriter output, bool isTerminal, TimeProvider time) : IProgress<EmbedStatus>
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private const string ClearLine = "\r\u001b[2K";

    private long _started;
    private long _shown;
    private bool _hasStarted;

    public void Report(EmbedStatus value)
    {
        var now = time.GetTimestamp();
        if (!_hasStarted)
        {
            // Measured from the first page on: before it lies the loading of the model.
            _hasStarted = true;
            _started = _shown = now;
            return;
        }

        if (value.Encoded == 0 || (!isTerminal && time.GetElapsedTime(_shown, now) < LogInterval))
        {
            return;
        }

        _shown = now;
        var elapsed = time.GetElapsedTime(_started, now);
        var rate = value.Encoded / Math.Max(elapsed.TotalSeconds, 1e-3);
        // What is left is taken to be changed: the estimate is then never too short.
        var left = TimeSpan.FromSeconds((value.Total - value.Done) / Math.Max(rate, 1e-3));
        var text = string.Create(CultureInfo.InvariantCulture, $"{value.Done:N0} of {value.Total:N0} movies, {rate:N0} texts/s, {Format(left)} left");
        if (isTerminal)
        {
            output.Write(ClearLine + text);
            output.Flush();
        }
        else
        {
            output.WriteLine(text);
        }
    }

    /// <summary>Clears the line that is written over.</summary>
    public void End()
    {
        if (isTerminal && _hasStarted)
        {
            output.Write(ClearLine);
        }
    }

    private static string Format(TimeSpan left) => left.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalMinutes):0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalSeconds):0} s");
}
