namespace MovieSir.AppHost.Local;

/// <summary>A service's log file. At each run, and past its bound, it becomes <c>NAME.log.1</c> in place of the one before, and a new one begins.</summary>
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
        _writer = Begin();
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
                _writer = Begin();
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

    private StreamWriter Begin()
    {
        if (File.Exists(_file))
        {
            File.Move(_file, $"{_file}.1", overwrite: true);
        }

        return new StreamWriter(_file) { AutoFlush = true };
    }
}
