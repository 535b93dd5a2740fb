namespace MovieSir.AppHost.Local;

/// <summary>A service's log file. Past its bound it becomes <c>NAME.log.1</c>, in place of the one before, and a new one begins.</summary>
internal sealed class ServiceLog : IDisposable
{
    private const long MaximumBytes = 16 * 1024 * 1024;
    private const int LastLinesKept = 20;

    private readonly string _file;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lastLines = new();
    private StreamWriter _writer;

    public ServiceLog(string file)
    {
        _file = file;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        _writer = Open();
    }

    public string LastLines
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lastLines);
            }
        }
    }

    public void Write(string line)
    {
        lock (_lock)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LastLinesKept)
            {
                _lastLines.Dequeue();
            }

            _writer.WriteLine(line);
            if (_writer.BaseStream.Position > MaximumBytes)
            {
                _writer.Dispose();
                File.Move(_file, $"{_file}.1", overwrite: true);
                _writer = Open();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }

    private StreamWriter Open() => new(_file, append: true) { AutoFlush = true };
}
