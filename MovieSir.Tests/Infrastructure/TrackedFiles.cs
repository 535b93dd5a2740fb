using System.Diagnostics;

namespace MovieSir.Tests.Infrastructure;

/// <summary>The files that git knows, by their path from the root of the checkout.</summary>
internal static class TrackedFiles
{
    public static IReadOnlyList<string> All { get; } = List();

    public static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryPaths.Root, path));

    private static string[] List()
    {
        // safe.directory: CI may run the tests as another user than the one who owns the checkout.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z"])
        {
            WorkingDirectory = RepositoryPaths.Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, "git does not list the files of this checkout: run the tests from a clone.");
        // A file that was deleted and not yet committed is listed, too; one with a conflict three times.
        return
        [
            .. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()
                .Where(path => File.Exists(Path.Combine(RepositoryPaths.Root, path))),
        ];
    }
}
