namespace MovieSir.AppHost.Local;

/// <summary>Where things of this checkout lie.</summary>
internal sealed class LocalPaths
{
    private readonly string _root;
    private readonly string _buildOutput;

    private LocalPaths(string root, string buildOutput)
    {
        (_root, _buildOutput) = (root, buildOutput);
        Home = Environment.GetEnvironmentVariable("MOVIESIR_HOME") is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Path.Combine(root, ".moviesir");
    }

    /// <summary>What a run makes (<c>MOVIESIR_HOME</c>, by default <c>.moviesir</c>).</summary>
    public string Home { get; }

    public string Run => Path.Combine(Home, "run");

    public string State => Path.Combine(Run, "state.json");

    /// <summary>Connection strings and addresses as shell assignments, for commands beside a running system.</summary>
    public string EnvironmentFile => Path.Combine(Run, "environment");

    public string Lock => Path.Combine(Run, "lock");

    public string EmbeddedServer => Path.Combine(_root, "MovieSir.AppHost", "Embedded", "embedded-server");

    public string Log(string service) => Path.Combine(Home, "logs", $"{service}.log");

    public string Data(string service) => Path.Combine(Home, service);

    public string PasswordFile(string service) => Path.Combine(Home, "secrets", $"{service}-password");

    /// <summary>The program that was built with this one: same configuration, same framework.</summary>
    public string Program(string project) => Path.Combine(_root, project, _buildOutput, $"{project}.dll");

    public static LocalPaths Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MovieSir.sln")))
            {
                var project = Path.Combine(directory.FullName, "MovieSir.AppHost");
                return new LocalPaths(directory.FullName, Path.GetRelativePath(project, AppContext.BaseDirectory));
            }
        }

        throw new LocalRunException($"There is no MovieSir.sln above {AppContext.BaseDirectory}: run this from a checkout.");
    }
}
