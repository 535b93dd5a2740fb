using System.Diagnostics;
using System.Text.RegularExpressions;
using MovieSir.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace MovieSir.Tests.Repository;

/// <summary>What must agree between files of the repository, and what nothing else would notice.</summary>
public sealed partial class RepositoryFilesTests
{
    public static TheoryData<string> Documents =>
        [.. TrackedFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal) && !path.StartsWith(".github/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        foreach (var target in Link().Matches(WithoutCode(TrackedFiles.Read(document))).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, "");
            var file = path.Length == 0
                ? document
                : Path.GetRelativePath(RepositoryPaths.Root, Path.GetFullPath(Path.Combine(RepositoryPaths.Root, folder, path)));

            Assert.True(Path.Exists(Path.Combine(RepositoryPaths.Root, file)), $"{document} links to {target}, which is not there.");
            Assert.True(
                anchor.Length == 0 || Heading().Matches(TrackedFiles.Read(file)).Any(heading => Anchor(heading.Groups["text"].Value) == anchor),
                $"{document} links to {target}, and {file} has no such heading.");
        }
    }

    [Fact]
    public void The_released_version_is_in_the_changelog()
    {
        var version = Version().Match(TrackedFiles.Read("Directory.Build.props")).Groups["version"].Value;

        Assert.NotEmpty(version);
        Assert.Contains($"## [{version}] - ", TrackedFiles.Read("CHANGELOG.md"), StringComparison.Ordinal);
        Assert.Contains("## [Unreleased]", TrackedFiles.Read("CHANGELOG.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dependabot_looks_wherever_versions_are_pinned()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(TrackedFiles.Read(".github/dependabot.yml")));
        var watched = ((YamlSequenceNode)yaml.Documents[0].RootNode["updates"])
            .Select(update => $"{update["package-ecosystem"]} {update["directory"]}");

        var pinned =
            from path in TrackedFiles.All
            let ecosystem = Path.GetFileName(path) switch
            {
                "Directory.Packages.props" => "nuget",
                "package-lock.json" => "npm",
                var name when name.EndsWith("Dockerfile", StringComparison.Ordinal) => "docker",
                _ when path.StartsWith(".github/workflows/", StringComparison.Ordinal) => "github-actions",
                _ => null,
            }
            where ecosystem is not null
            // GitHub's own folder is looked for from the root.
            select $"{ecosystem} /{(ecosystem == "github-actions" ? "" : Path.GetDirectoryName(path))}";

        Assert.Equal(pinned.Distinct().Order(StringComparer.Ordinal), watched.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Shell_scripts_have_no_finding_of_ShellCheck()
    {
        var isInstalled = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "shellcheck")));
        Assert.SkipUnless(isInstalled, "shellcheck is not installed here.");

        var list = await RunAsync(Path.Combine(RepositoryPaths.Root, ".ci", "shell-scripts"));
        var scripts = list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("moviesir", scripts);
        Assert.Contains("deploy/ops/ops-lib.sh", scripts);

        var (code, output) = await RunAsync("shellcheck", scripts);
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = RepositoryPaths.Root, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_COUNT"] = "1";
        start.Environment["GIT_CONFIG_KEY_0"] = "safe.directory";
        start.Environment["GIT_CONFIG_VALUE_0"] = "*";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>As GitHub makes them: lower case, no punctuation, hyphens for spaces.</summary>
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string markdown) => CodeBlock().Replace(markdown, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("(?ms)^```.*?^```|`[^`\n]*`")]
    private static partial Regex CodeBlock();

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>")]
    private static partial Regex Version();
}
