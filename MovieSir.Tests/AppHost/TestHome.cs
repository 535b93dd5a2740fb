using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.AppHost;

/// <summary>What a run makes, in a folder of its own that shares only what is downloaded.</summary>
internal static class TestHome
{
    private static readonly string[] Downloads = ["servers"];

    public static string Create(TestServers servers)
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
}
