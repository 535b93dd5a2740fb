using System.Diagnostics;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Operations;

public sealed class HardenTests : IDisposable
{
    private static readonly string Host = Path.Combine(RepositoryPaths.Root, "deploy", "host");
    private readonly string _root = Directory.CreateTempSubdirectory("moviesir-host-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Only_the_edge_and_ssh_face_the_world_on_the_app_node()
    {
        var (code, output) = await RunAsync(Path.Combine(Host, "harden"), "app-node", "--admin", "203.0.113.7", "--dry-run");

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "run: ufw default deny incoming", "run: ufw default allow outgoing",
                "run: ufw limit from 203.0.113.7 to any port 52222 proto tcp comment SSH, administrators",
                "run: ufw allow 80/tcp comment HTTP: redirect and certificate challenges", "run: ufw allow 443/tcp comment HTTPS",
                "run: ufw --force enable",
            ],
            output.Split('\n').Where(line => line.StartsWith("run: ufw", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_faces_the_world_on_the_gpu_node()
    {
        var (code, output) = await RunAsync(Path.Combine(Host, "harden"), "gpu-node", "--app-node", "10.0.0.4", "--dry-run");

        Assert.Equal(0, code);
        var rules = output.Split('\n').Where(line =>
            line.StartsWith("run: ufw allow ", StringComparison.Ordinal) || line.StartsWith("run: ufw limit", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, rules.Count);
        Assert.All(rules, rule => Assert.Contains(" from 10.0.0.4 to any port ", rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("app-node", "--admin", "Port 52222")]
    [InlineData("gpu-node", "--app-node", "Port 22")]
    [InlineData("one-machine", "--admin", "Port 52222")]
    public async Task A_second_run_changes_nothing(string node, string option, string port)
    {
        var first = await RunAsync(Path.Combine(Host, "harden"), node, option, "10.0.0.4", "--root", _root);
        var second = await RunAsync(Path.Combine(Host, "harden"), node, option, "10.0.0.4", "--root", _root);

        Assert.Equal(0, first.Code);
        Assert.Contains("write: /etc/ssh/sshd_config.d/10-moviesir.conf", first.Output, StringComparison.Ordinal);
        Assert.Equal(0, second.Code);
        Assert.DoesNotContain("write:", second.Output, StringComparison.Ordinal);
        Assert.Contains($"done: {node}\n", second.Output, StringComparison.Ordinal);
        var ssh = await File.ReadAllLinesAsync(Path.Combine(_root, "etc/ssh/sshd_config.d/10-moviesir.conf"));
        Assert.Contains(port, ssh);
        Assert.Contains("PasswordAuthentication no", ssh);
        Assert.Contains("PermitRootLogin no", ssh);
    }

    [Theory]
    [InlineData()]
    [InlineData("app-node")]
    [InlineData("gpu-node", "--admin", "203.0.113.7")]
    [InlineData("other-node", "--admin", "203.0.113.7")]
    public async Task What_is_called_wrongly_changes_nothing_and_explains_itself(params string[] arguments)
    {
        var (code, output) = await RunAsync(Path.Combine(Host, "harden"), arguments);

        Assert.Equal(2, code);
        Assert.Contains("harden app-node|gpu-node|one-machine --admin ADDRESS", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sshd-app-node.conf")]
    [InlineData("sshd-gpu-node.conf")]
    public async Task Sshd_takes_the_configuration(string file)
    {
        const string Sshd = "/usr/sbin/sshd";
        Assert.SkipUnless(File.Exists(Sshd), "sshd is not installed here (package openssh-server).");
        Assert.SkipUnless(Directory.Exists("/run/sshd"), "sshd has never been started here: it wants /run/sshd even to read its configuration.");
        var key = Path.Combine(_root, "host_key");
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);

        var (code, output) = await RunAsync(Sshd, "-T", "-f", Path.Combine(Host, "files", file), "-h", key);

        Assert.True(code == 0, output);
        Assert.Contains("passwordauthentication no\n", output, StringComparison.Ordinal);
        Assert.Contains("permitrootlogin no\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail2ban-app-node.local")]
    [InlineData("fail2ban-gpu-node.local")]
    public async Task Fail2ban_takes_the_configuration(string file)
    {
        const string Installed = "/etc/fail2ban";
        Assert.SkipUnless(Directory.Exists(Installed), "fail2ban is not installed here.");
        await RunAsync("cp", "-r", $"{Installed}/.", _root);
        await RunAsync("rm", "-rf", Path.Combine(_root, "jail.d"));
        Directory.CreateDirectory(Path.Combine(_root, "jail.d"));
        File.Copy(Path.Combine(Host, "files", file), Path.Combine(_root, "jail.d", "moviesir.local"));

        var (code, output) = await RunAsync("fail2ban-client", "-c", _root, "-t");

        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
