using System.Diagnostics;
using MovieSir.Inference.Offline.Import.Planning;

namespace MovieSir.Tests.Inference.Hosting;

/// <summary>What a person reads who starts a command without what it needs: a sentence, and no stack.</summary>
public sealed class CommandErrorTests
{
    [Theory]
    [InlineData("migrate")]
    [InlineData("catalog")]
    [InlineData("embed")]
    [InlineData("train")]
    [InlineData("models list")]
    [InlineData("import tmdb --stubs --tmdb-key eyJhbGciOiJIUzI1NiJ9.c2VjcmV0")]
    public async Task Without_a_connection_string_a_command_says_which_to_set(string command)
    {
        var (code, output) = await RunAsync(command);
        Assert.Equal(1, code);
        Assert.Contains("No connection string 'moviesir'. Set the environment variable ConnectionStrings__moviesir", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("catalog")]
    [InlineData("train")]
    [InlineData("import tmdb --stubs --tmdb-key eyJhbGciOiJIUzI1NiJ9.c2VjcmV0")]
    public async Task Without_PostgreSQL_a_command_says_so(string command)
    {
        var (code, output) = await RunAsync(command, "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none");
        Assert.Equal(1, code);
        Assert.Contains("Failed to connect to 127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import tmdb", "Say which movies: one of --discover, --stubs and --from-ids FILE.")]
    [InlineData("import tmdb --discover --stubs", "Say which movies: one of --discover, --stubs and --from-ids FILE.")]
    [InlineData("import tmdb --discover --pages 501", "--pages must be from 1 to 500, not 501.")]
    [InlineData("import tmdb --discover --language korean", "--language wants a language such as ko-KR, not korean.")]
    [InlineData("import tmdb --discover", "TMDB wants a key.")]
    [InlineData("evaluate --train nowhere --cold-movies NaN", "--cold-movies must be from 0 to 0.9, not NaN.")]
    [InlineData("train --threads 0", "--threads must be from 1 to 1024, not 0.")]
    [InlineData("import nowhere.zip", "nowhere.zip does not exist.")]
    public async Task A_wrong_argument_is_told_by_name(string command, string message)
    {
        var (code, output) = await RunAsync(command, "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none");
        Assert.NotEqual(0, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(string command, string? connectionString = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(Importer).Assembly.Location, .. command.Split(' ')])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("TMDB_API_KEY");
        start.Environment.Remove("ConnectionStrings__moviesir");
        if (connectionString is not null)
        {
            start.Environment["ConnectionStrings__moviesir"] = connectionString;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
