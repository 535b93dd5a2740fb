using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.EndToEnd;

/// <summary>The whole system as <c>./moviesir up</c> runs it, on free ports and in a home of its own that shares only what is downloaded.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    /// <summary>How long a start or a recovery may take on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Downloads = ["servers", "models"];

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _runner;

    private LocalSystem(string home, Process runner) => (Home, _runner) = (home, runner);

    public string Home { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>What the runner said so far.</summary>
    public string Output => string.Join('\n', _output);

    public static string NewHome(TestServers servers)
    {
        var home = servers.NewDirectory();
        Directory.CreateDirectory(home);
        foreach (var name in Downloads)
        {
            var shared = Directory.CreateDirectory(Path.Combine(RepositoryPaths.Home, name));
            Directory.CreateSymbolicLink(Path.Combine(home, name), shared.FullName);
        }

        return home;
    }

    /// <summary>Starts the runner; it and all it started end with this process, however that happens.</summary>
    public static async Task<LocalSystem> LaunchAsync(string home, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--pdeathsig", "TERM", "dotnet", ProgramOf("MovieSir.AppHost"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MOVIESIR_HOME"] = home;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var system = new LocalSystem(home, process);
        process.OutputDataReceived += (_, line) => system._output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => system._output.Enqueue(line.Data ?? "");
        await LastingThread.RunAsync(process.Start);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return system;
    }

    public static async Task<LocalSystem> StartAsync(string home, params string[] arguments)
    {
        var system = await LaunchAsync(home, null, ["--free-ports", "--quiet", .. arguments]);
        await system.WaitAsync(state => state is { Ready: true });
        return system;
    }

    /// <summary>Null before it wrote one, and after its end.</summary>
    public SystemState? State()
    {
        var file = Path.Combine(Home, "run", "state.json");
        var state = File.Exists(file) ? JsonSerializer.Deserialize<SystemState>(File.ReadAllText(file), JsonSerializerOptions.Web) : null;
        return state?.ProcessId == _runner.Id ? state : null; // a killed run before this one left its own behind
    }

    public ServiceState Service(string name) => State()!.Services.Single(service => service.Name == name);

    public async Task WaitAsync(Predicate<SystemState?> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition(State()))
        {
            Assert.False(_runner.HasExited, $"The runner ended:\n{Output}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Not within {Patience}:\n{Output}\n{JsonSerializer.Serialize(State())}");
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>kill -9 of a service's process.</summary>
    public void Kill(string service)
    {
        using var process = Process.GetProcessById(Service(service).ProcessId!.Value);
        process.Kill();
    }

    /// <summary>kill -9 of the runner itself.</summary>
    public void KillRunner() => _runner.Kill();

    /// <summary>SIGTERM.</summary>
    /// <returns>The runner's exit code.</returns>
    public Task<int> StopAsync()
    {
        _runner.Send(Signal.Terminate);
        return ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _runner.WaitForExitAsync(limit.Token);
        return _runner.ExitCode;
    }

    /// <summary>Makes a key as an operator does, by the API's own command.</summary>
    public async Task<string> CreateKeyAsync(string plan, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [ProgramOf("MovieSir.Api"), "keys", "create", "--company", "End to end", "--plan", plan, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Addresses())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var key = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return key;
    }

    public async Task<HttpResponseMessage> RecommendAsync(string key, string service = "api")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Service(service).Url}/v1/recommend")
        {
            Content = JsonContent.Create(new { available_time = 180 }),
        };
        request.Headers.Add("X-API-Key", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Connection strings and addresses, by the names of the environment variables.</summary>
    public Dictionary<string, string> Addresses() => File.ReadAllLines(Path.Combine(Home, "run", "environment"))
        .Select(line => line.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));

    public async ValueTask DisposeAsync()
    {
        if (!_runner.HasExited)
        {
            await StopAsync();
        }

        _runner.Dispose();
        Http.Dispose();
    }

    private static string ProgramOf(string project)
    {
        var output = Path.GetRelativePath(Path.Combine(RepositoryPaths.Root, "MovieSir.Tests"), AppContext.BaseDirectory);
        return Path.Combine(RepositoryPaths.Root, project, output, $"{project}.dll");
    }
}

/// <summary>The runner's <c>run/state.json</c>.</summary>
internal sealed record SystemState(
    [property: JsonPropertyName("process_id")] int ProcessId, bool Ready, IReadOnlyList<ServiceState> Services);

internal sealed record ServiceState(
    string Name,
    string Status,
    [property: JsonPropertyName("process_id")] int? ProcessId,
    string? Url,
    int Restarts);
