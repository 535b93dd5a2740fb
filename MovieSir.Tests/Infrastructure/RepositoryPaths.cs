namespace MovieSir.Tests.Infrastructure;

/// <summary>Where things of the checkout lie, found upwards from the test assembly.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = FindRoot();

    /// <summary>What a run makes (<c>MOVIESIR_HOME</c>, by default <c>.moviesir</c>): never in git.</summary>
    public static string Home { get; } = Environment.GetEnvironmentVariable("MOVIESIR_HOME") is { Length: > 0 } home
        ? Path.GetFullPath(home)
        : Path.Combine(Root, ".moviesir");

    public static string EmbeddedServer { get; } = Path.Combine(Root, "MovieSir.AppHost", "Embedded", "embedded-server");

    /// <summary>Real data beside the checkout (<c>MOVIESIR_SHARED</c>, by default <c>../shared</c>). Skip a test where it is missing.</summary>
    public static string Shared { get; } = Environment.GetEnvironmentVariable("MOVIESIR_SHARED") is { Length: > 0 } shared
        ? Path.GetFullPath(shared)
        : Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MovieSir.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No MovieSir.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
