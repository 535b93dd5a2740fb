using System.Diagnostics;
using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.AppHost;

/// <summary>What is deployed is what the model publishes, byte for byte.</summary>
public sealed class PublishedModelTests(TestServers servers)
{
    private static readonly string Compose = Path.Combine(RepositoryPaths.Root, "deploy", "compose");

    [Fact]
    public async Task The_manifest_is_what_the_model_publishes()
    {
        // Paths of projects are relative to the file, so that it has to lie where the other one does.
        var published = Path.Combine(RepositoryPaths.Root, $"aspire-manifest.{Environment.ProcessId}.json");
        try
        {
            await PublishAsync("--publisher", "manifest", "--output-path", published);

            Assert.Equal(
                await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "aspire-manifest.json")), await File.ReadAllTextAsync(published));
        }
        finally
        {
            File.Delete(published);
        }
    }

    [Theory]
    [InlineData("two-nodes", "app-node", "gpu-node")]
    [InlineData("one-machine", "one-machine")]
    public async Task The_compose_files_are_what_the_model_publishes(string topology, params string[] nodes)
    {
        Assert.SkipUnless(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "Aspire.Hosting.Docker.dll")),
            "This build has no Aspire.Hosting.Docker: build with -p:Publishing=true, from a feed that serves it.");
        var output = servers.NewDirectory();

        await PublishAsync("--operation", "publish", "--step", "publish", "--output-path", output, "--Topology", topology);

        foreach (var node in nodes)
        {
            var folder = nodes.Length == 1 ? output : Path.Combine(output, node);
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                var committed = Path.Combine(Compose, node, Path.GetFileName(file).Replace(".env", ".env.example", StringComparison.Ordinal));
                Assert.Equal(await File.ReadAllTextAsync(committed), await File.ReadAllTextAsync(file));
            }
        }
    }

    [Fact]
    public async Task A_build_without_the_publishing_packages_says_so()
    {
        Assert.SkipWhen(File.Exists(Path.Combine(AppContext.BaseDirectory, "Aspire.Hosting.Docker.dll")), "This build has them.");

        var (code, output) = await RunAsync("--operation", "publish", "--step", "publish", "--output-path", servers.NewDirectory());

        Assert.NotEqual(0, code);
        Assert.Contains("./moviesir publish", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Aspires_versions_agree()
    {
        var packages = VersionIn("Directory.Packages.props", "<AspireVersion>(?<version>[^<]+)<");
        // Its SDK has its own patch versions, of which not every feed has the newest; the packages override what it would bring.
        var sdk = VersionIn("MovieSir.AppHost/MovieSir.AppHost.csproj", "Sdk=\"Aspire.AppHost.Sdk/(?<version>[^\"]+)\"");

        Assert.Equal((packages.Major, packages.Minor), (sdk.Major, sdk.Minor));
        Assert.True(sdk <= packages, $"The SDK is {sdk}, the packages are {packages}.");
        Assert.All(
            (string[])["app-node", "gpu-node", "one-machine"],
            node => Assert.Equal(packages, VersionIn($"deploy/compose/{node}/docker-compose.yaml", "aspire-dashboard:(?<version>[0-9.]+)\"")));
    }

    private static Version VersionIn(string file, string pattern) => Version.Parse(
        Regex.Match(File.ReadAllText(Path.Combine(RepositoryPaths.Root, file)), pattern, RegexOptions.None,
            TimeSpan.FromSeconds(1)).Groups["version"].Value);

    private static async Task PublishAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var output = Path.GetRelativePath(Path.Combine(RepositoryPaths.Root, "MovieSir.Tests"), AppContext.BaseDirectory);
        var program = Path.Combine(RepositoryPaths.Root, "MovieSir.AppHost", output, "MovieSir.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text + await error);
    }
}
