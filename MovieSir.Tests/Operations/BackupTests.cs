using System.Security.Cryptography;
using MovieSir.Data;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Operations;

public sealed class BackupTests(TestServers servers) : IDisposable
{
    private readonly string _backups = Directory.CreateTempSubdirectory("moviesir-backups-").FullName;

    public void Dispose() => Directory.Delete(_backups, recursive: true);

    [Fact]
    public async Task What_is_restored_equals_what_was_backed_up()
    {
        await using var server = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);

        Succeeded(await script.RunAsync("backup-database"));
        var before = await ContentsAsync(server.ConnectionString);
        await ExecuteAsync(server.ConnectionString, "DELETE FROM catalog.movies WHERE movie_id <= 250; UPDATE catalog.movies SET title = 'changed'");
        Succeeded(await script.RunAsync("restore-database", "latest"));

        Assert.Equal(before, await ContentsAsync(server.ConnectionString));
        Assert.Contains(await DatabasesAsync(server.ConnectionString), name => name.StartsWith("moviesir_before_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_was_dropped_comes_back()
    {
        await using var server = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);

        Succeeded(await script.RunAsync("backup-database"));
        var before = await ContentsAsync(server.ConnectionString);
        var maintenance = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres" }.ConnectionString;
        await ExecuteAsync(maintenance, "DROP DATABASE moviesir WITH (FORCE)");
        Succeeded(await script.RunAsync("restore-database", "latest"));

        Assert.Equal(before, await ContentsAsync(server.ConnectionString));
    }

    [Fact]
    public async Task The_services_rights_come_back_on_a_server_that_never_had_their_roles()
    {
        await using var server = await servers.StartPostgresAsync();
        await using var replacement = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        await using (var source = NpgsqlDataSource.Create($"{server.ConnectionString};Pooling=false"))
        {
            await new DatabaseRoleStore(source).ApplyAsync(
                new Dictionary<string, string?> { [DatabaseRoles.Api] = "passwordOfTheApi", [DatabaseRoles.Inference] = "passwordOfInference" },
                TestContext.Current.CancellationToken);
        }

        Succeeded(await new OpsScript(_backups).WithDatabase(server.ConnectionString).RunAsync("backup-database"));
        Succeeded(await new OpsScript(_backups).WithDatabase(replacement.ConnectionString).RunAsync("restore-database", "latest"));

        const string Rights = """
            SELECT string_agg(grantee || ' ' || table_schema || '.' || table_name || ' ' || privilege_type, ', '
                ORDER BY grantee, table_schema, table_name, privilege_type)
            FROM information_schema.role_table_grants WHERE grantee LIKE 'moviesir%'
            """;
        var rights = await ScalarAsync(server.ConnectionString, Rights);
        Assert.Contains("moviesir_api b2b.request_log INSERT", (string)rights!, StringComparison.Ordinal);
        Assert.Equal(rights, await ScalarAsync(replacement.ConnectionString, Rights));
        Assert.Equal(false, await ScalarAsync(
            replacement.ConnectionString, "SELECT bool_or(rolcanlogin) FROM pg_roles WHERE rolname LIKE 'moviesir%'"));
    }

    [Fact]
    public async Task A_corrupt_archive_is_refused_and_nothing_changes()
    {
        await using var server = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);
        Succeeded(await script.RunAsync("backup-database"));
        var archive = Directory.GetFiles(_backups, "*.dump").Single();
        var bytes = await File.ReadAllBytesAsync(archive);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(archive, bytes);
        var before = await ContentsAsync(server.ConnectionString);

        var (code, output) = await script.RunAsync("restore-database", archive);

        Assert.Equal(1, code);
        Assert.Contains("level=error check=restore reason=checksum-does-not-match", output, StringComparison.Ordinal);
        Assert.Equal(before, await ContentsAsync(server.ConnectionString));
    }

    [Theory]
    [InlineData("x\"; DROP DATABASE moviesir; --")]
    [InlineData("x' OR '1'='1")]
    [InlineData("")]
    public async Task What_is_no_name_of_a_database_is_refused_before_anything_is_done(string name)
    {
        var archive = Path.Combine(_backups, "moviesir-20200101T000000Z.dump");
        await File.WriteAllTextAsync(archive, "");

        var (code, output) = await new OpsScript(_backups).RunAsync("restore-database", archive, "--into", name);

        Assert.Equal(1, code);
        Assert.Contains("reason=not-a-database-name", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_whose_contents_differ_is_refused()
    {
        await using var server = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);
        Succeeded(await script.RunAsync("backup-database"));
        var name = Path.ChangeExtension(Directory.GetFiles(_backups, "*.dump").Single(), null);
        await File.WriteAllTextAsync($"{name}.fingerprint",
            (await File.ReadAllTextAsync($"{name}.fingerprint")).Replace("movies 500", "movies 501", StringComparison.Ordinal));
        await ResealAsync(name);

        var (code, output) = await script.RunAsync("restore-drill");

        Assert.Equal(1, code);
        Assert.Contains("reason=contents-do-not-match", output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            await DatabasesAsync(server.ConnectionString), database => database.StartsWith("moviesir_drill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drill_proves_the_newest_backup_and_leaves_nothing()
    {
        await using var server = await servers.StartPostgresAsync();
        await FillAsync(server.ConnectionString);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);
        Succeeded(await script.RunAsync("backup-database"));
        var databases = await DatabasesAsync(server.ConnectionString);

        var (code, output) = await script.RunAsync("restore-drill");

        Assert.True(code == 0, output);
        Assert.Contains("level=info check=restore-drill result=equal", output, StringComparison.Ordinal);
        Assert.Equal(databases, await DatabasesAsync(server.ConnectionString));
    }

    [Fact]
    public async Task Old_backups_go_after_seven_days_and_the_offsite_hook_gets_the_new_one()
    {
        await using var server = await servers.StartPostgresAsync();
        var old = Path.Combine(_backups, "moviesir-20200101T000000Z.dump");
        var recent = Path.Combine(_backups, "moviesir-20200102T000000Z.dump");
        await File.WriteAllTextAsync(old, "old");
        await File.WriteAllTextAsync(recent, "recent");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-8));
        File.SetLastWriteTimeUtc(recent, DateTime.UtcNow.AddDays(-5));
        var offsite = Directory.CreateDirectory(Path.Combine(_backups, "offsite")).FullName;
        await FillAsync(server.ConnectionString);

        var result = await new OpsScript(_backups).WithDatabase(server.ConnectionString)
            .With("MOVIESIR_OFFSITE_COMMAND", $"cp -t {offsite}").RunAsync("backup-database");

        Succeeded(result);
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(recent));
        Assert.Equal([".dump", ".fingerprint", ".sha256"], Directory.GetFiles(offsite).Select(Path.GetExtension).Order());
    }

    [Fact]
    public async Task A_backup_without_a_server_says_so_and_leaves_no_half_file()
    {
        var (code, output) = await new OpsScript(_backups)
            .WithDatabase($"Host=127.0.0.1;Port={LoopbackPort.Free()};Username=postgres;Password=none;Database=moviesir").RunAsync("backup-database");

        Assert.Equal(1, code);
        Assert.Contains("level=error check=backup reason=no-connection", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_backups, "moviesir-*"));
    }

    private static void Succeeded((int Code, string Output) result) => Assert.True(result.Code == 0, result.Output);

    private static async Task FillAsync(string connectionString)
    {
        await TestServers.MigrateAsync(connectionString);
        await ExecuteAsync(connectionString, """
            INSERT INTO catalog.movies (movie_id, title, runtime_minutes, vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)
                SELECT n, 'Movie ' || n, 90 + n % 60, 7, n, 1, false, '{}', false, false FROM generate_series(1, 500) n;
            INSERT INTO catalog.encoders (name, dimension) VALUES ('test', 3);
            INSERT INTO catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding)
                SELECT 1, n, '\x00', ARRAY[n, n / 2.0, 1]::vector FROM generate_series(1, 500) n;
            """);
    }

    private static async Task<string> ContentsAsync(string connectionString) => (string)(await ScalarAsync(connectionString, """
        SELECT (SELECT string_agg(f::text, '|' ORDER BY movie_id) FROM catalog.movies f)
            || (SELECT string_agg(e::text, '|' ORDER BY movie_id) FROM catalog.movie_embeddings e)
        """))!;

    private static async Task<string[]> DatabasesAsync(string connectionString) => (string[])(await ScalarAsync(
        new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" }.ConnectionString,
        "SELECT array_agg(datname::text ORDER BY datname) FROM pg_database"))!;

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static Task ExecuteAsync(string connectionString, string sql) => TestServers.ExecuteAsync(connectionString, sql);

    private static async Task ResealAsync(string name)
    {
        var lines = new List<string>();
        foreach (var file in new[] { $"{name}.dump", $"{name}.fingerprint" })
        {
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(file));
            lines.Add($"{Convert.ToHexStringLower(hash)}  {Path.GetFileName(file)}");
        }

        await File.WriteAllLinesAsync($"{name}.sha256", lines);
    }
}
