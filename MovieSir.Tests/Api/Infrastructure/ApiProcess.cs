using System.Collections.Concurrent;
using System.Diagnostics;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Api.Infrastructure;

/// <summary>The API, or one of its commands, as a process of its own: to be killed, stopped and read as an operator would.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "MovieSir.Api.dll");
    private readonly Process _process;

    private ApiProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public ConcurrentQueue<string> Output { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static async Task<ApiProcess> StartAsync(string postgres, string redis, string inference, params string[] settings)
    {
        var port = LoopbackPort.Free();
        var process = new Process
        {
            StartInfo = Command(
                postgres, redis,
                [
                    "serve", $"--urls=http://127.0.0.1:{port}", $"--Inference:Address={inference}",
                    "--Traveller:ApiKeySecret=the-secret-of-every-test", .. settings,
                ])
        };
        var api = new ApiProcess(process, new Uri($"http://127.0.0.1:{port}"));
        process.OutputDataReceived += (_, line) => api.Output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => api.Output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var i = 0; i < 600; i++)
        {
            Assert.False(process.HasExited, $"The API ended at start:\n{string.Join('\n', api.Output)}");
            if (await api.AnswersAsync("/health"))
            {
                return api;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The API is not ready after a minute:\n{string.Join('\n', api.Output)}");
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string postgres, params string[] arguments)
    {
        using var process = Process.Start(Command(postgres, "127.0.0.1:1", arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>kill -9. Returns when the process has gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM. Returns the exit code when the process has gone.</summary>
    public async Task<int> TerminateAsync()
    {
        _process.Send(Signal.Terminate);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var response = await Client.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Command(string postgres, string redis, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__moviesir"] = postgres, ["ConnectionStrings__redis"] = redis },
        };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
