using System.Diagnostics;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference.Offline.Import;

/// <summary>The import as a process of its own, as it is run: killed in the middle, twice at once, in little memory.</summary>
public sealed class ImportProcessTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync(servers);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task An_import_that_is_killed_leaves_nothing_and_the_next_one_is_whole()
    {
        var folder = WriteManyRatings(300_000);
        using var import = Start(folder);
        await UntilAsync(() => _bench.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 1000)"));

        import.Kill(entireProcessTree: true);
        await import.WaitForExitAsync();

        await UntilAsync(() => _bench.ScalarAsync<bool>(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
                + "AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle')"));
        Assert.Equal(0, await _bench.CountAsync("ratings"));
        Assert.Equal(0, await _bench.CountAsync("rating_sources"));
        Assert.Equal(0, await _bench.ScalarAsync<long>("SELECT count(*) FROM catalog.import_runs WHERE kind = 'movielens-ratings'"));

        using var again = Start(folder);
        var (code, output) = await EndAsync(again);
        Assert.True(code == 0, output);
        Assert.Equal(300_000, await _bench.CountAsync("ratings"));
    }

    [Fact]
    public async Task PostgreSQL_dying_in_the_middle_is_told_and_the_next_import_is_whole()
    {
        await using var postgres = await servers.StartPostgresAsync(durable: true);
        await TestServers.MigrateAsync(postgres.ConnectionString);
        var folder = WriteManyRatings(300_000);
        using var import = Start([folder], new() { ["ConnectionStrings__moviesir"] = postgres.ConnectionString });
        var end = EndAsync(import);
        await UntilAsync(() => ScalarAsync<bool>(postgres, "SELECT EXISTS (SELECT FROM pg_stat_progress_copy WHERE tuples_processed > 1000)"));

        await postgres.KillAsync();

        var (code, output) = await end;
        Assert.Equal(1, code);
        Assert.Contains("ml-test/ratings.csv: FAILED, nothing of it was kept. PostgreSQL", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);

        await postgres.StartAsync();
        Assert.Equal(0, await ScalarAsync<long>(postgres, "SELECT count(*) FROM catalog.ratings"));
        using var again = Start([folder], new() { ["ConnectionStrings__moviesir"] = postgres.ConnectionString });
        (code, output) = await EndAsync(again);
        Assert.True(code == 0, output);
        Assert.Equal(300_000, await ScalarAsync<long>(postgres, "SELECT count(*) FROM catalog.ratings"));
    }

    [Fact]
    public async Task Ctrl_C_ends_an_import_in_order_and_leaves_nothing_of_its_file()
    {
        using var import = Start(WriteManyRatings(300_000));
        var end = EndAsync(import);
        await UntilAsync(() => _bench.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 1000)"));

        using (var interrupt = Process.Start("kill", ["-INT", $"{import.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        var (code, output) = await end;
        Assert.Equal(130, code);
        Assert.Contains("Of the file that was being read nothing is kept", output, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("ratings"));
        Assert.Equal(2, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task Of_two_imports_of_one_source_at_once_one_imports_and_one_finds_it_done()
    {
        var folder = WriteManyRatings(50_000);
        using var first = Start(folder);
        using var second = Start(folder);
        var ends = await Task.WhenAll(EndAsync(first), EndAsync(second));

        Assert.All(ends, end => Assert.True(end.Code == 0, end.Output));
        Assert.Equal(50_000, await _bench.CountAsync("ratings"));
        Assert.Equal(["movielens-movies|1", "movielens-ratings|1", "movielens-tags|1"],
            await _bench.RowsAsync("SELECT kind, count(*) FROM catalog.import_runs GROUP BY kind ORDER BY kind"));
    }

    [Fact]
    public async Task Exit_codes_tell_done_failed_and_nothing_to_do()
    {
        var good = _bench.Write("good.jsonl", ImportBench.Movie(1, "One"), "rejected");
        var bad = _bench.Write("bad.jsonl", "no movie");

        Assert.Equal(0, await CodeAsync(good));
        Assert.Equal(0, await CodeAsync(good));
        Assert.Equal(1, await CodeAsync(bad, good));
        Assert.Equal(2, await CodeAsync(Path.Combine(_bench.Folder, "absent.jsonl")));
    }

    [Theory]
    [InlineData("import movies <(cat \"$1\")")]
    [InlineData("cat \"$1\" | import movies /dev/stdin")]
    [InlineData("cat \"$1\" | import -")]
    [InlineData("import movies /dev/stdin < \"$1\"")]
    [InlineData("gzip -c \"$1\" | import /dev/stdin")]
    public async Task What_comes_through_a_pipe_is_imported(string command)
    {
        var file = _bench.Write("movies.jsonl", ImportBench.Movie(990061, "Pipe"));
        var script = $"import() {{ dotnet '{typeof(Importer).Assembly.Location}' import \"$@\" --rejects '{_bench.RejectsFolder}'; }}; {command}";
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__moviesir"] = _bench.Database.ConnectionString;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_bench.Folder, "tmp")).FullName;
        using var import = Process.Start(start)!;
        var (code, output) = await EndAsync(import);

        Assert.True(code == 0, output);
        Assert.Equal(["990061|Pipe"], await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_bench.Folder, "tmp"), "moviesir-*"));
    }

    [Fact]
    public async Task TMDB_away_is_a_line_a_retry_and_one_sentence()
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(Importer).Assembly.Location, "import", "tmdb", "--discover", "--rejects", _bench.RejectsFolder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__moviesir"] = _bench.Database.ConnectionString;
        start.Environment["Tmdb__BaseAddress"] = "http://127.0.0.1:9/3/";
        start.Environment["Tmdb__RetryDelayMilliseconds"] = "10";
        start.Environment["TMDB_API_KEY"] = "a.token-of-more-than-sixteen-characters";
        using var import = Process.Start(start)!;
        var (code, output) = await EndAsync(import);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, code);
        Assert.Equal(5, lines.Count(line => line.StartsWith("  TMDB: Connection refused", StringComparison.Ordinal)));
        Assert.True(lines.Length <= 5 + 2, output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.StartsWith("TMDB's list of movies breaks off at page 1", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_62737_movies_fit_through_a_small_heap()
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tmdb", "movies-62k.jsonl.gz");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there.");

        // 48 MB for everything managed, half of which the runtime and its libraries take; the file's content has 43 MB in UTF-8 and twice that as
        // strings.
        using var import = Start([path], new() { ["DOTNET_GCHeapHardLimit"] = "0x3000000" });
        var (code, output) = await EndAsync(import);

        Assert.True(code == 0, output);
        Assert.Equal(62_737, await _bench.CountAsync("movies"));
    }

    private string WriteManyRatings(int count) =>
        _bench.WriteMovieLens("ml-test", [.. Enumerable.Range(1, count).Select(user => $"{user},{1 + (user % 2)},4.0,964982703")]);

    private async Task<int> CodeAsync(params string[] paths)
    {
        using var import = Start(paths, []);
        return (await EndAsync(import)).Code;
    }

    private Process Start(string path) => Start([path], []);

    private Process Start(string[] paths, Dictionary<string, string> environment)
    {
        // A test run in the background of a shell ignores SIGINT, and so would what it starts.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (
            string[])["--default-signal=INT", "dotnet", typeof(Importer).Assembly.Location, "import", .. paths, "--rejects", _bench.RejectsFolder])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__moviesir"] = _bench.Database.ConnectionString;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static async Task<T> ScalarAsync<T>(EmbeddedServer postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
