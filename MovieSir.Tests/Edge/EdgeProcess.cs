using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Edge;

/// <summary>The real nginx with <c>deploy/nginx</c> rendered into a folder, which it sees as <c>/data</c>.</summary>
internal sealed class EdgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5); // the first start unpacks the servers
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _nginx;

    /// <summary>What rendering, checking and serving said.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Renders the configuration and has nginx check it.</summary>
    public async Task RenderAsync(string directory, string domain, string upstream, int httpPort, int httpsPort, string nginxVersion = "1.26.0")
    {
        await RunAsync(Path.Combine(RepositoryPaths.Root, "deploy", "nginx", "render"), [directory], new()
        {
            ["MOVIESIR_DOMAIN"] = domain,
            ["MOVIESIR_API_UPSTREAM"] = upstream,
            ["MOVIESIR_CERTIFICATE_DIR"] = "/data/certificate",
            ["MOVIESIR_WEB_ROOT"] = "/data/www",
            ["MOVIESIR_ACME_ROOT"] = "/data/acme",
            ["MOVIESIR_HTTP_PORT"] = $"127.0.0.1:{httpPort}",
            ["MOVIESIR_HTTPS_PORT"] = $"127.0.0.1:{httpsPort}",
            ["MOVIESIR_ACCESS_LOG"] = "/data/run/access.log",
            ["MOVIESIR_NGINX_VERSION"] = nginxVersion,
        });
        await RunAsync(RepositoryPaths.EmbeddedServer, ["nginx", "--data", directory, "--", "-t"], Home());
    }

    /// <summary>Starts it. Returns when it listens.</summary>
    public async Task StartAsync(string directory, int httpsPort)
    {
        _nginx = await LastingThread.RunAsync(
            () => Start(RepositoryPaths.EmbeddedServer, ["nginx", "--data", directory, "--die-with-parent"], Home()));
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            Assert.False(_nginx.HasExited, Log);
            try
            {
                await using var connection = await ConnectAsync(httpsPort, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    public static async Task<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is null)
        {
            return;
        }

        _nginx.Send(Signal.Terminate);
        await _nginx.WaitForExitAsync();
        _nginx.Dispose();
    }

    private static Dictionary<string, string> Home() => new() { ["MOVIESIR_HOME"] = RepositoryPaths.Home };

    private async Task RunAsync(string file, string[] arguments, Dictionary<string, string> environment)
    {
        using var process = Start(file, arguments, environment);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, Log);
    }

    private Process Start(string file, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
