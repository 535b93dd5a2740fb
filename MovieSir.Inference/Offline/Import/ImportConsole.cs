using System.CommandLine;
using System.Globalization;

namespace MovieSir.Inference.Offline.Import;

/// <summary>
/// What a person sees of an import. On a terminal the progress is one line that is written over; elsewhere (a log) it is a line now and then.
/// </summary>
internal sealed class ImportConsole(TextWriter output, bool isTerminal, TimeProvider time)
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private const string ClearLine = "\r\u001b[2K";

    private long _startedAt;
    private long _shownAt;
    private bool _isLineOpen;

    /// <summary>The console of a command.</summary>
    public static ImportConsole For(InvocationConfiguration invocation) => new(invocation.Output, !Console.IsOutputRedirected, TimeProvider.System);

    public void WriteLine(string text)
    {
        output.WriteLine(_isLineOpen ? ClearLine + text : text);
        _isLineOpen = false;
    }

    /// <summary>Starts measuring the rate of one file.</summary>
    public void StartProgress() => _startedAt = _shownAt = time.GetTimestamp();

    /// <summary>Shows how far a file is, at most a few times a second; cheap enough to be called for every row.</summary>
    public void Report(string name, long rows, double fraction)
    {
        // Reading the clock for each of 25 million rows would cost more than parsing them.
        if (rows % 256 != 0)
        {
            return;
        }

        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_shownAt, now) < (isTerminal ? TerminalInterval : LogInterval))
        {
            return;
        }

        _shownAt = now;
        var rate = rows / Math.Max(time.GetElapsedTime(_startedAt, now).TotalSeconds, 1e-3);
        var text = string.Create(CultureInfo.InvariantCulture, $"  {name}: {fraction:P0}, {rows:N0} rows, {rate:N0} rows/s");
        if (isTerminal)
        {
            output.Write(ClearLine + text);
            output.Flush();
            _isLineOpen = true;
        }
        else
        {
            output.WriteLine(text);
        }
    }
}
