using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.AppHost;

/// <summary><c>./moviesir</c> itself, with what was built for the tests; not while another system of this collection starts.</summary>
[Collection(AppHostTests.Name)]
public sealed class ScriptTests(TestServers servers)
{
    [Fact]
    public async Task A_run_is_shown_guarded_and_ended_and_leaves_no_process_whether_it_is_stopped_or_killed()
    {
        var home = TestHome.Create(servers);
        await SucceedAsync(home, "up", "--detach", "--free-ports");
        KillRunner(home);
        await RunningSystem.UntilAsync(() => Holders(home).Count == 0); // DCP ends what it started

        var up = await SucceedAsync(home, "up", "--detach", "--free-ports");
        Assert.Contains("/login?t=", up, StringComparison.Ordinal);
        Assert.Contains("http://demo.localhost:", up, StringComparison.Ordinal);
        Assert.Matches("The mails that it sends +http://localhost:[0-9]+", up);
        Assert.Matches("curl -sS http://localhost:[0-9]+/v1/recommend -H 'X-API-Key: sk-moviesir-", up);
        var console = Regex.Match(up, "http://console[.]localhost:[0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        var admin = await SucceedAsync(home, "admin", "create", "--email", "a@example.com");
        Assert.StartsWith($"{console}/reset#token=", admin, StringComparison.Ordinal);
        Assert.Contains("unchanged", await SucceedAsync(home, "logs", "catalog"), StringComparison.Ordinal); // it found its data
        var log = await File.ReadAllTextAsync(Path.Combine(home, "logs", "moviesir.log"));
        Assert.DoesNotMatch("(?m)^[0-9:]+ (fail|crit|warn): ", log);

        var second = await RunAsync(home, "up", "--detach", "--free-ports");
        Assert.Equal(1, second.Code);
        Assert.Contains("already runs", second.Output, StringComparison.Ordinal);

        var status = await SucceedAsync(home, "status");
        foreach (var part in (string[])["api", "catalog", "dashboard", "edge", "inference", "mail", "postgres", "redis"])
        {
            Assert.Matches($"(?m)^{part} ", status);
        }

        var processes = Holders(home);
        Assert.InRange(processes.Count, 8, int.MaxValue);
        await SucceedAsync(home, "down");
        Assert.DoesNotContain(processes, ProcessTree.IsAlive);
        Assert.Equal(3, (await RunAsync(home, "status")).Code);
    }

    [Theory]
    [InlineData("--postgres-port", "postgres")]
    [InlineData("--otlp-port", "otlp")]
    public async Task A_taken_port_is_named_before_anything_starts_even_among_free_ones(string option, string part)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var home = TestHome.Create(servers);

        var (code, output) = await RunAsync(home, "up", "--detach", "--free-ports", option, $"{port}");

        Assert.Equal(1, code);
        Assert.Contains($"Port {port}, which {part} needs, is taken", output, StringComparison.Ordinal);
        Assert.Contains($"{option} NUMBER", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home, "postgres")), "A server was started.");
        Assert.Empty(Holders(home));
    }

    [Fact]
    public async Task A_part_that_cannot_start_ends_the_run_and_says_why()
    {
        var home = TestHome.Create(servers);
        var nobody = $"Host=127.0.0.1;Port={LoopbackPort.Free()};Username=nobody;Password=none;Database=none;Timeout=1";

        var (code, output) = await RunAsync(home, ["up", "--detach", "--free-ports"], ("ConnectionStrings__moviesir", nobody));

        Assert.Equal(1, code);
        Assert.Contains("catalog could not be started", output, StringComparison.Ordinal);
        Assert.Contains("catalog: FAILED", output, StringComparison.Ordinal);
        Assert.Empty(Holders(home));
    }

    [Fact]
    public async Task A_database_whose_password_was_deleted_is_not_started_with_another()
    {
        var home = TestHome.Create(servers);
        Directory.CreateDirectory(Path.Combine(home, "postgres", "cluster"));

        var (code, output) = await RunAsync(home, "up", "--detach", "--free-ports");

        Assert.Equal(1, code);
        Assert.Contains($"The password of the database in {home}/postgres is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_signal_the_run_is_told_so()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can run as another user.");
        var home = TestHome.Create(servers);
        Directory.CreateDirectory(Path.Combine(home, "run"));
        var self = Environment.ProcessId;
        var started = (await File.ReadAllTextAsync($"/proc/{self}/stat")).Split(") ")[1].Split(' ')[19];
        await File.WriteAllTextAsync(Path.Combine(home, "run", "pid"), $"{self} {started}\n");

        var (code, output) = await RunAsync(home, ["down"], launcher: ["setpriv", "--reuid", "65534", "--clear-groups"]);

        Assert.Equal(1, code);
        Assert.Contains($"process {self} is root's and is not stopped", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_does_not_end_when_it_is_told_to_is_killed()
    {
        var home = TestHome.Create(servers);
        var run = Path.Combine(home, "run");
        Directory.CreateDirectory(run);
        using var stubborn = Process.Start("setsid", ["sh", "-c", $$"""
            trap '' TERM
            exec 7>>'{{run}}/lock'
            flock 7
            printf '%s %s\n' $$ "$(sed 's/.*) //' /proc/$$/stat | awk '{ print $20 }')" >'{{run}}/begun'
            mv '{{run}}/begun' '{{run}}/pid'
            while :; do sleep 0.1; done
            """]);
        await RunningSystem.UntilAsync(() => File.Exists(Path.Combine(run, "pid")));
        var process = int.Parse((await File.ReadAllTextAsync(Path.Combine(run, "pid"))).Split(' ')[0], CultureInfo.InvariantCulture);

        var (code, output) = await RunAsync(home, ["down"], ("MOVIESIR_STOP_SECONDS", "1"));

        Assert.True(code == 0, output);
        Assert.Contains($"process {process} does not end and is killed", output, StringComparison.Ordinal);
        Assert.False(ProcessTree.IsAlive(process));
    }

    private static Task<(int Code, string Output)> RunAsync(string home, params string[] arguments) => RunAsync(home, arguments, null, null);

    private static async Task<(int Code, string Output)> RunAsync(
        string home, string[] arguments, (string Name, string Value)? variable = null, string[]? launcher = null)
    {
        string[] command = [.. launcher ?? [], Path.Combine(RepositoryPaths.Root, "moviesir"), .. arguments];
        if (arguments[0] == "up")
        {
            command = [.. command, "--no-build"];
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MOVIESIR_HOME"] = home;
        start.Environment["MOVIESIR_CONFIGURATION"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        start.Environment["Embedded"] = "true";
        if (variable is var (name, value))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(RunningSystem.Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true); // it takes too long, and is not left to itself
            }
        }
    }

    private static async Task<string> SucceedAsync(string home, params string[] arguments)
    {
        var (code, output) = await RunAsync(home, arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    private static void KillRunner(string home)
    {
        var runner = File.ReadAllText(Path.Combine(home, "run", "pid")).Split(' ')[0];
        using var process = Process.GetProcessById(int.Parse(runner, CultureInfo.InvariantCulture));
        process.Kill();
    }

    /// <summary>The processes of a run: all inherit its lock.</summary>
    private static List<int> Holders(string home)
    {
        var file = Path.Combine(home, "run", "lock");
        return [.. Directory.EnumerateDirectories("/proc")
            .Where(directory => new FileInfo(Path.Combine(directory, "fd", "7")).LinkTarget == file)
            .Select(directory => int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture))];
    }
}
