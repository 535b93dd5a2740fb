using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.EndToEnd;

public sealed class RunnerTests(TestServers servers)
{
    [Fact]
    public async Task Neither_a_killed_nor_a_stopped_run_leaves_a_process_and_the_next_finds_its_data()
    {
        var home = LocalSystem.NewHome(servers);
        await using (var killed = await LocalSystem.StartAsync(home))
        {
            var processes = ProcessesOf(killed);
            Assert.Equal(5, processes.Count); // the runner, PostgreSQL, Redis, inference, the API
            killed.KillRunner();
            await AllEndAsync(home, processes);
        }

        await using var stopped = await LocalSystem.StartAsync(home);
        Assert.Contains("unchanged", await File.ReadAllTextAsync(Path.Combine(home, "logs", "catalog.log")), StringComparison.Ordinal);
        var left = ProcessesOf(stopped);
        Assert.Equal(0, await stopped.StopAsync());
        await AllEndAsync(home, left);
        Assert.Null(stopped.State());
    }

    [Fact]
    public async Task A_taken_port_is_named_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var system = await LocalSystem.LaunchAsync(LocalSystem.NewHome(servers), null, "--postgres-port", $"{port}");

        Assert.Equal(1, await system.ExitCodeAsync());
        Assert.Contains($"Port {port}, which postgres needs, is taken", system.Output, StringComparison.Ordinal);
        Assert.Contains("--postgres-port", system.Output, StringComparison.Ordinal);
        Assert.Contains("--free-ports", system.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_of_the_same_checkout_is_refused()
    {
        var home = LocalSystem.NewHome(servers);
        Directory.CreateDirectory(Path.Combine(home, "run"));
        await using var held = new FileStream(Path.Combine(home, "run", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        await using var second = await LocalSystem.LaunchAsync(home, null, "--free-ports");

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains("already runs", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_cannot_start_ends_the_run_and_says_why()
    {
        var nobody = new Dictionary<string, string>
        {
            ["ConnectionStrings__moviesir"] = $"Host=127.0.0.1;Port={LoopbackPort.Free()};Username=nobody;Password=none;Database=none;Timeout=1",
        };

        await using var system = await LocalSystem.LaunchAsync(LocalSystem.NewHome(servers), nobody, "--free-ports", "--quiet");

        Assert.Equal(1, await system.ExitCodeAsync());
        Assert.Contains("catalog ended 5 times before it was ready", system.Output, StringComparison.Ordinal);
    }

    private static List<int> ProcessesOf(LocalSystem system)
    {
        var state = system.State()!;
        return [state.ProcessId, .. state.Services.Select(service => service.ProcessId).OfType<int>()];
    }

    private static async Task AllEndAsync(string home, List<int> processes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (processes.Exists(IsAlive) || IsHeld(Path.Combine(home, "postgres", ".lock")) || IsHeld(Path.Combine(home, "redis", ".lock")))
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A server and all its children hold the lock on their data.</summary>
    private static bool IsHeld(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
