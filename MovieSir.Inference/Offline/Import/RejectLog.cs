using System.Globalization;
using System.Text;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import;

/// <summary>
/// What of a file was left out (rejected rows) or put right (a field that cannot be), by line number and reason, counted and written to
/// <c>{file}-{time}.csv</c>. The file comes into being with its first row.
/// </summary>
internal sealed class RejectLog(string folder, string fileName, TimeProvider time) : IAsyncDisposable
{
    private const int MaxRows = 100_000;
    private const int MaxReasons = 50;
    private const int ReasonsShown = 5;
    private const string OtherReasons = "other reasons";

    private readonly Dictionary<string, long> _rejections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _corrections = new(StringComparer.Ordinal);
    private StreamWriter? _writer;
    private int _rows;

    public long Rejected { get; private set; }

    public long Corrected { get; private set; }

    /// <summary>Where the rows are, or null while there are none.</summary>
    public string? Path { get; private set; }

    /// <summary>Why the rows could not be written down, or null. Counting goes on.</summary>
    public string? WriteFault { get; private set; }

    /// <summary>A row that is left out.</summary>
    public void Reject(long line, string reason, ReadOnlySpan<byte> text)
    {
        Rejected++;
        Count(_rejections, reason);
        Write(line, "rejected", reason, text);
    }

    /// <summary>A row that is kept, with a field put right.</summary>
    public void Correct(long line, string reason, ReadOnlySpan<byte> text)
    {
        Corrected++;
        Count(_corrections, reason);
        Write(line, "corrected", reason, text);
    }

    /// <summary>Tells the most frequent reasons, and where the rows are listed.</summary>
    public void WriteTo(ImportConsole console)
    {
        WriteReasons(console, "rejected", Rejected, _rejections);
        WriteReasons(console, "corrected", Corrected, _corrections);
        if (WriteFault is not null)
        {
            console.WriteLine($"  They could not be listed in a file ({WriteFault}); --rejects names another folder.");
        }
        else if (Path is not null)
        {
            console.WriteLine($"  Listed one by one in {Path}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private static void WriteReasons(ImportConsole console, string outcome, long total, Dictionary<string, long> counts)
    {
        var rest = total;
        foreach (var (reason, rows) in counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(ReasonsShown))
        {
            rest -= rows;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome} {rows:N0}: {reason}"));
        }

        if (rest > 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome} {rest:N0}: for other reasons"));
        }
    }

    private static void Count(Dictionary<string, long> counts, string reason)
    {
        var key = counts.Count < MaxReasons || counts.ContainsKey(reason) ? reason : OtherReasons;
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private void Write(long line, string outcome, string reason, ReadOnlySpan<byte> text)
    {
        if (WriteFault is not null || ++_rows > MaxRows + 1)
        {
            return;
        }

        try
        {
            _writer ??= Create();
            if (_rows > MaxRows)
            {
                _writer.WriteLine($",,\"{MaxRows} rows are listed; the others are only counted.\",");
                return;
            }

            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line},{outcome},{Quote(reason)},{Quote(Text.Excerpt(text))}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteFault = exception.Message;
        }
    }

    private StreamWriter Create()
    {
        Directory.CreateDirectory(folder);
        var stem = fileName.Replace('/', '-');
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var path = System.IO.Path.Combine(folder, $"{stem}-{stamp}.csv");
        var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read),
            new UTF8Encoding(false))
        { NewLine = "\n" };
        writer.WriteLine("line,outcome,reason,text");
        Path = path;
        return writer;
    }

    private static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
