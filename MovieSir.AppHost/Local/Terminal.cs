namespace MovieSir.AppHost.Local;

/// <summary>The run's output: each line under the colored name of who says it, names aligned.</summary>
internal sealed class Terminal(IEnumerable<string> names, bool quiet)
{
    private const string Runner = "moviesir";
    private const string Reset = "\e[0m";
    private static readonly string[] Colors = ["\e[36m", "\e[33m", "\e[35m", "\e[32m", "\e[34m", "\e[96m", "\e[93m", "\e[95m"];

    private readonly Lock _lock = new();
    private readonly bool _colored = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly string[] _names = [Runner, .. names];
    private bool _closed;

    /// <summary>The runner's own word.</summary>
    public void Say(string message) => Write(Runner, message);

    /// <summary>A line of a service's output.</summary>
    public void Relay(string service, string line)
    {
        if (!quiet)
        {
            Write(service, line);
        }
    }

    private void Write(string name, string line)
    {
        var prefix = name.PadRight(_names.Max(each => each.Length));
        if (_colored)
        {
            prefix = Colors[Array.IndexOf(_names, name) % Colors.Length] + prefix + Reset;
        }

        lock (_lock)
        {
            try
            {
                if (!_closed)
                {
                    Console.WriteLine($"{prefix} | {line}");
                }
            }
            catch (IOException)
            {
                _closed = true; // the terminal has gone; the services are still to be stopped, and their log files go on
            }
        }
    }
}
