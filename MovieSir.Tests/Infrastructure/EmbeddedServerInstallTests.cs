using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MovieSir.Tests.Infrastructure;

/// <summary>How <c>embedded-server install</c> finds its packages; that they run is what every test with a server shows.</summary>
public sealed class EmbeddedServerInstallTests : IDisposable
{
    private const string Apt = "/usr/bin/apt-get";

    // Knows no package lists, as on a machine whose first `apt-get update` is still to come; stops where the network would begin.
    private const string AptOfAFreshMachine = """
        #!/bin/sh
        case $1 in
          indextargets) shift && exec "$REAL_APT" indextargets -o Dir::State::lists="$FRESH/lists/" "$@" ;;
          -c) cp "${2%/*}/sources.list" "$FRESH/sources.list" && exit 100 ;;
          *) echo "an unexpected call: $*" >&2 && exit 99 ;;
        esac
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("moviesir-fresh-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_machine_that_never_fetched_package_lists_still_knows_its_Debian_mirrors()
    {
        Assert.SkipUnless(File.Exists(Apt), "There is no apt here.");
        Assert.SkipUnless(
            (await File.ReadAllLinesAsync("/etc/os-release")).Contains("ID=debian"), "The host's own apt sources are not Debian's.");
        var suite = Regex.Match(
            await File.ReadAllTextAsync(RepositoryPaths.EmbeddedServer), "^SUITE=(?<suite>\\w+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

        var (code, error) = await InstallAsync();

        var sources = Path.Combine(_directory, "sources.list");
        Assert.True(File.Exists(sources), error);
        Assert.All(
            await File.ReadAllLinesAsync(sources),
            line => Assert.Matches($@"^deb \[signed-by=/\S+\] \S+ {suite.Groups["suite"].Value}(-\w+)? main$", line));
        Assert.Equal(1, code);
        Assert.Contains("package lists could not be fetched or verified", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> InstallAsync()
    {
        var programs = Directory.CreateDirectory(Path.Combine(_directory, "programs")).FullName;
        Directory.CreateDirectory(Path.Combine(_directory, "lists", "partial"));
        var apt = Path.Combine(programs, "apt-get");
        await File.WriteAllTextAsync(apt, AptOfAFreshMachine);
        File.SetUnixFileMode(apt, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(RepositoryPaths.EmbeddedServer, "install") { RedirectStandardError = true };
        start.Environment.Remove("MOVIESIR_DEBIAN_MIRROR");
        start.Environment["MOVIESIR_HOME"] = Path.Combine(_directory, "home");
        start.Environment["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["REAL_APT"] = Apt;
        start.Environment["FRESH"] = _directory;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
