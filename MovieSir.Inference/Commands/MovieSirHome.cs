namespace MovieSir.Inference.Commands;

internal static class MovieSirHome
{
    /// <summary>
    /// Where this program keeps what it makes: MOVIESIR_HOME, else <c>.moviesir</c> in the checkout that it was built in, else in the current folder.
    /// </summary>
    public static string Find(IConfiguration configuration)
    {
        if (configuration["MOVIESIR_HOME"] is { Length: > 0 } home)
        {
            return home;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MovieSir.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.FullName ?? Directory.GetCurrentDirectory(), ".moviesir");
    }
}
