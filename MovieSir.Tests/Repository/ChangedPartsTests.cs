using System.Diagnostics;
using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Repository;

/// <summary><c>.ci/changed-parts</c> decides what a push deploys. It is run in a repository of its own.</summary>
public sealed partial class ChangedPartsTests : IDisposable
{
    private const string All = "gpu-node app-node web";
    private static readonly string Script = Path.Combine(RepositoryPaths.Root, ".ci", "changed-parts");
    private readonly string _directory = Directory.CreateTempSubdirectory("moviesir-parts-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("MovieSir.Api/Program.cs", "app-node")]
    [InlineData("MovieSir.Inference/Program.cs", "gpu-node")]
    [InlineData("build/EncoderModel/Program.cs", "gpu-node")]
    [InlineData("MovieSir.Data/MovieSirDbContext.cs", "gpu-node app-node")]
    [InlineData("Directory.Packages.props", "gpu-node app-node")]
    [InlineData("deploy/nginx/nginx.conf", "app-node")]
    [InlineData("deploy/compose/gpu-node/docker-compose.yaml", "gpu-node")]
    [InlineData("deploy/ops/build-sites", All)]
    [InlineData("web/demo/index.html", "web")]
    [InlineData("docs/operations.md", "")]
    [InlineData("MovieSir.Tests/Repository/ChangedPartsTests.cs", "")]
    public async Task A_changed_file_deploys_the_parts_that_it_is_of(string path, string parts)
    {
        Assert.Contains(path, TrackedFiles.All);
        await StartRepositoryAsync();
        var before = await CommitAsync("README.md");
        await CommitAsync(path);

        Assert.Equal(parts, await RunAsync(Script, before));
    }

    [Fact]
    public async Task What_several_pushes_changed_is_deployed_together()
    {
        await StartRepositoryAsync();
        var green = await CommitAsync("README.md");
        await CommitAsync("MovieSir.Api/Program.cs");
        await CommitAsync("web/demo/index.html");

        Assert.Equal("app-node web", await RunAsync(Script, green));
    }

    [Fact]
    public async Task What_was_put_back_is_not_deployed()
    {
        await StartRepositoryAsync();
        var green = await CommitAsync("MovieSir.Api/Program.cs");
        await CommitAsync("MovieSir.Api/Program.cs");
        await RunAsync("git", "revert", "--no-edit", "HEAD");

        Assert.Equal("", await RunAsync(Script, green));
    }

    [Fact]
    public async Task Where_nobody_knows_what_runs_everything_is_deployed()
    {
        await StartRepositoryAsync();
        await CommitAsync("README.md");
        await RunAsync("git", "checkout", "--quiet", "-b", "other");
        var other = await CommitAsync("README.md");
        await RunAsync("git", "checkout", "--quiet", "main");

        Assert.Equal(All, await RunAsync(Script));
        Assert.Equal(All, await RunAsync(Script, ""));
        Assert.Equal(All, await RunAsync(Script, "0123456789012345678901234567890123456789"));
        Assert.Equal(All, await RunAsync(Script, other));
    }

    [Fact]
    public void Every_path_of_a_part_is_in_the_repository()
    {
        var paths = PathList().Matches(File.ReadAllText(Script)).SelectMany(match => match.Groups["paths"].Value.Split(' '))
            .Where(path => path != "$shared").ToList();

        Assert.True(paths.Count > 10, $"{paths.Count} paths");
        Assert.All(paths, path => Assert.True(
            Path.Exists(Path.Combine(RepositoryPaths.Root, path)), $".ci/changed-parts names {path}, which is not there."));
    }

    private async Task StartRepositoryAsync() => await RunAsync("git", "init", "--quiet", "--initial-branch", "main", ".");

    private async Task<string> CommitAsync(string path)
    {
        var file = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Guid.NewGuid().ToString());
        await RunAsync("git", "add", path);
        await RunAsync("git", "commit", "--quiet", "--message", path);
        return await RunAsync("git", "rev-parse", "HEAD");
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _directory, RedirectStandardOutput = true };
        foreach (var person in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{person}_NAME"] = "test";
            start.Environment[$"GIT_{person}_EMAIL"] = "test@moviesir.test";
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode} {output}");
        return output.Trim();
    }

    [GeneratedRegex("""(?m)^ +shared='(?<paths>[^']+)'|echo "(?<paths>[A-Za-z][^"]*/[^"]*)" """)]
    private static partial Regex PathList();
}
