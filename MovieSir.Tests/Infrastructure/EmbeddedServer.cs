using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace MovieSir.Tests.Infrastructure;

/// <summary>A real PostgreSQL or Redis of the test run's own, on a free port, that a test may kill and start again on the same data.</summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5); // the first start unpacks the servers
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private const int FreePortAttempts = 3;
    private const int LogLinesKept = 50;

    private readonly string _kind;
    private readonly string _directory;
    private readonly string[] _serverArguments;
    private readonly string[] _launcher;
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private EmbeddedServer(string kind, string directory, string[] serverArguments, string[]? launcher = null)
    {
        (_kind, _directory, _serverArguments, _launcher) = (kind, directory, serverArguments, launcher ?? []);
        Directory.CreateDirectory(directory);
        File.WriteAllText(PasswordFile, _password);
    }

    public int Port { get; private set; }

    /// <summary>To the database <c>moviesir</c>, or to Redis' database 0.</summary>
    public string ConnectionString => _kind == "postgres"
        ? $"Host=127.0.0.1;Port={Port};Username=postgres;Password={_password};Database=moviesir"
        : $"127.0.0.1:{Port},password={_password}";

    private string PasswordFile => Path.Combine(_directory, "password");

    /// <summary>
    /// A PostgreSQL that does not wait for the disk, unless <paramref name="durable"/>: what the operating system holds survives kill -9 either way.
    /// </summary>
    /// <param name="directory">Where it keeps everything.</param>
    /// <param name="durable">Whether writes wait for the disk.</param>
    /// <param name="launcher">A command that starts the server's, for example with fewer privileges.</param>
    internal static Task<EmbeddedServer> StartPostgresAsync(string directory, bool durable = false, string[]? launcher = null) =>
        StartNewAsync(new EmbeddedServer(
        "postgres",
        directory,
        durable ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB"],
        launcher));

    internal static Task<EmbeddedServer> StartRedisAsync(string directory, int databases = 16) => StartNewAsync(new EmbeddedServer(
        "redis", directory, [$"databases {databases}"]));

    /// <summary>kill -9. Returns when the process has gone.</summary>
    public async Task KillAsync()
    {
        var process = RunningProcess();
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: connections stay, and nothing answers on them.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Starts it again, on the same port and data. Returns when it takes clients.</summary>
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        _process?.Dispose();
        _process = await LastingThread.RunAsync(StartProcess);
        while (!await AnswersAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{_kind} ended with code {_process.ExitCode} at start:\n{string.Join('\n', _log)}");
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Send(_kind == "postgres" ? Signal.Quit : Signal.Terminate); // its data is thrown away: no checkpoint
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<EmbeddedServer> StartNewAsync(EmbeddedServer server)
    {
        for (var attempt = 1; ; attempt++)
        {
            server.Port = LoopbackPort.Free();
            try
            {
                await server.StartAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < FreePortAttempts && !LoopbackPort.IsFree(server.Port))
            {
                // Another process took the port between our look and the server's bind.
            }
        }
    }

    private async Task SignalAsync(string signal)
    {
        // PostgreSQL answers by its children.
        using var kill = Process.Start("kill", [signal, .. ProcessTree.Of(RunningProcess().Id).Select(process => $"{process}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private Process StartProcess()
    {
        string[] command =
        [
            .. _launcher, RepositoryPaths.EmbeddedServer,
            _kind, "--port", $"{Port}", "--data", Path.Combine(_directory, "data"), "--password-file", PasswordFile, "--die-with-parent", "--",
            .. _serverArguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MOVIESIR_HOME"] = RepositoryPaths.Home },
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (_log.Count > LogLinesKept)
        {
            _ = _log.TryDequeue(out _);
        }
    }

    private Task<bool> AnswersAsync(CancellationToken cancellationToken) => _kind == "postgres"
        ? ServerProbe.PostgresAnswersAsync(Port, cancellationToken)
        : ServerProbe.RedisAnswersAsync(Port, _password, cancellationToken);

    private Process RunningProcess() => _process is { HasExited: false } process
        ? process
        : throw new InvalidOperationException($"This {_kind} is not running.");
}
