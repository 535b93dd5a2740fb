using System.Diagnostics;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Operations;

/// <summary>Runs one of deploy/ops' scripts as an operator would, with the clients of the embedded servers.</summary>
internal sealed class OpsScript(string directory)
{
    private static readonly string Scripts = Path.Combine(RepositoryPaths.Root, "deploy", "ops");
    private readonly Dictionary<string, string> _environment = new()
    {
        ["MOVIESIR_OPS_CONFIGURATION"] = "/dev/null",
        ["MOVIESIR_BACKUP_DIRECTORY"] = directory,
        ["MOVIESIR_POSTGRES_EXEC"] = $"{RepositoryPaths.EmbeddedServer} client",
        ["MOVIESIR_REDIS_EXEC"] = $"{RepositoryPaths.EmbeddedServer} client",
        ["MOVIESIR_HOME"] = RepositoryPaths.Home,
    };

    public OpsScript With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public OpsScript WithDatabase(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return With("PGHOST", connection.Host!).With("PGPORT", $"{connection.Port}").With("PGUSER", connection.Username!)
            .With("PGPASSWORD", connection.Password!).With("MOVIESIR_DATABASE", connection.Database!);
    }

    /// <summary>Where the script is called from.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Exit code, and standard output and error together.</summary>
    public async Task<(int Code, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Scripts, script), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
