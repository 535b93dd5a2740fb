using Npgsql;
using StackExchange.Redis;

namespace MovieSir.Tests.Infrastructure;

public sealed class TestServersTests(TestServers servers)
{
    [Fact]
    public async Task Each_database_is_migrated_and_its_own()
    {
        await using var first = await servers.CreateDatabaseAsync();
        await using var second = await servers.CreateDatabaseAsync();
        await Execute(first.DataSource, "CREATE TABLE mine (id int)");

        Assert.True(await Scalar<bool>(first.DataSource, "SELECT to_regclass('mine') IS NOT NULL"));
        Assert.True(await Scalar<bool>(second.DataSource, "SELECT to_regclass('mine') IS NULL"));
        Assert.True(await Scalar<bool>(second.DataSource, "SELECT count(*) > 0 FROM public.migrations"));
        Assert.Equal(1f, await Scalar<double>(second.DataSource, "SELECT '[1,2]'::vector <-> '[1,3]'::vector"));
    }

    [Fact]
    public async Task Each_Redis_is_its_own()
    {
        await using var first = await servers.CreateRedisAsync();
        await using var second = await servers.CreateRedisAsync();
        await first.Database.StringSetAsync("key", "first");

        Assert.False(await second.Database.KeyExistsAsync("key"));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(first.ConnectionString);
        Assert.Equal("first", await connection.GetDatabase().StringGetAsync("key"));
    }

    [Fact]
    public async Task A_killed_PostgreSQL_comes_back_with_what_it_acknowledged()
    {
        await using var server = await servers.StartPostgresAsync(durable: true);
        await TestServers.ExecuteAsync(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => TestServers.ExecuteAsync(server.ConnectionString, "SELECT 1"));
        await server.StartAsync();

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        Assert.Equal(42, await Scalar<int>(source, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task A_killed_Redis_comes_back_with_what_it_acknowledged()
    {
        await using var server = await servers.StartRedisAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},abortConnect=false");
        await connection.GetDatabase().StringSetAsync("kept", 42);

        await server.KillAsync();
        await server.StartAsync();

        await using var second = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal(42, await second.GetDatabase().StringGetAsync("kept"));
    }

    [Fact]
    public async Task A_server_refuses_a_wrong_password()
    {
        await using var database = await servers.CreateDatabaseAsync();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "wrong", Pooling = false }.ConnectionString;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TestServers.ExecuteAsync(wrong, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_server_runs_in_a_container_that_allows_root_no_mounts()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Needs root: an ordinary user has namespaces or nothing.");
        var directory = servers.NewDirectory();
        await using var server = await EmbeddedServer.StartPostgresAsync(
            directory, launcher: ["setpriv", "--bounding-set", "-sys_admin", "--"]);

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await Execute(source, "CREATE EXTENSION vector");
        Assert.Equal(1d, await Scalar<double>(source, "SELECT '[1,2]'::vector <-> '[1,3]'::vector"));
        Assert.True(Directory.Exists(Path.Combine(directory, "data", "usr")), "It was not refused mounts after all.");
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> Scalar<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
