using System.Diagnostics;
using MovieSir.Inference.Encoding;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Encoders;

public sealed class OnnxTelemetryTests(TestServers servers) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("moviesir-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Running_the_encoder_leaves_no_file_in_the_home_folder()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using (var command = database.DataSource.CreateCommand("""
            INSERT INTO catalog.movies (movie_id, title, vote_average, vote_count, popularity, adult, keywords, is_stub)
            VALUES (1, 'Toy Story', 8, 10, 1, false, '{}', false)
            """))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var start = new ProcessStartInfo("dotnet", [typeof(ISentenceEncoder).Assembly.Location, "embed"]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__moviesir"] = database.ConnectionString;
        start.Environment["HOME"] = _home;
        // Where ONNX Runtime would look before it asks for the home folder; and what the process is to set for itself.
        start.Environment.Remove("XDG_CACHE_HOME");
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("all-MiniLM-L6-v2: 1 of 1 movies embedded", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home, "*", SearchOption.AllDirectories));
    }
}
