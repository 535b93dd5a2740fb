using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Data;
using MovieSir.Tests.Infrastructure;
using Npgsql;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(TestServers))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")] // as the embedded servers that they run on

namespace MovieSir.Tests.Infrastructure;

/// <summary>
/// The real PostgreSQL and Redis of a test run: one of each, started when the first test asks, stopped at the end or when the run is
/// killed. <c>MOVIESIR_TEST_POSTGRES</c> and <c>MOVIESIR_TEST_REDIS</c> name servers to use instead (the Redis one is flushed).
/// Ask for it in a test class' constructor: <c>public sealed class FooTests(TestServers servers)</c>.
/// </summary>
public sealed class TestServers : IAsyncLifetime
{
    private const string TemplateDatabase = "moviesir_template";
    private const int RedisDatabases = 256;

    private readonly string _directory = Path.Combine(RepositoryPaths.Home, "tests", $"{Environment.ProcessId}");
    private readonly List<EmbeddedServer> _started = [];
    private readonly Lazy<Task<string>> _postgres;
    private readonly Lazy<Task<SharedRedis>> _redis;
    private int _directories;
    private int _databases;

    public TestServers()
    {
        _postgres = new(StartSharedPostgresAsync);
        _redis = new(StartSharedRedisAsync);
    }

    /// <summary>A new, migrated, otherwise empty database. Disposing drops it.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var server = await _postgres.Value;
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {TemplateDatabase}");
        return new TestDatabase(server, name);
    }

    /// <summary>
    /// An empty logical database of the shared Redis, this caller's alone until disposed. Publish/subscribe channels are everybody's.
    /// </summary>
    public async Task<TestRedis> CreateRedisAsync()
    {
        var shared = await _redis.Value;
        var number = await shared.FreeDatabases.Reader.ReadAsync();
        return new TestRedis(shared, number);
    }

    /// <summary>A PostgreSQL for one test, to kill and start again; its database <c>moviesir</c> is empty and not migrated. Dispose it.</summary>
    public Task<EmbeddedServer> StartPostgresAsync(bool durable = false) => EmbeddedServer.StartPostgresAsync(NewDirectory(), durable);

    /// <summary>A Redis for one test, to kill and start again. Dispose it.</summary>
    public Task<EmbeddedServer> StartRedisAsync() => EmbeddedServer.StartRedisAsync(NewDirectory());

    /// <summary>Applies the migrations, as <c>catalog</c> does at start.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        var dataSource = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(dataSource.UseMovieSirTypes().Build())
            .AddMovieSirData()
            .BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask InitializeAsync()
    {
        RemoveDirectoriesOfKilledRuns();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis.IsValueCreated)
        {
            await (await _redis.Value).Connection.DisposeAsync();
        }

        foreach (var server in _started)
        {
            await server.DisposeAsync();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> StartSharedPostgresAsync()
    {
        var server = Environment.GetEnvironmentVariable("MOVIESIR_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server))
        {
            server = Keep(await EmbeddedServer.StartPostgresAsync(NewDirectory())).ConnectionString;
        }

        await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {TemplateDatabase}");
        await ExecuteAsync(server, $"CREATE DATABASE {TemplateDatabase}");
        await MigrateAsync(new NpgsqlConnectionStringBuilder(server) { Database = TemplateDatabase }.ConnectionString);
        return server;
    }

    private async Task<SharedRedis> StartSharedRedisAsync()
    {
        var server = Environment.GetEnvironmentVariable("MOVIESIR_TEST_REDIS");
        if (string.IsNullOrEmpty(server))
        {
            server = Keep(await EmbeddedServer.StartRedisAsync(NewDirectory(), RedisDatabases)).ConnectionString;
        }

        var connection = await ConnectionMultiplexer.ConnectAsync($"{server},allowAdmin=true");
        var count = connection.GetServers()[0].DatabaseCount;
        var free = Channel.CreateBounded<int>(count);
        for (var number = 0; number < count; number++)
        {
            await free.Writer.WriteAsync(number);
        }

        await connection.GetServers()[0].FlushAllDatabasesAsync();
        return new SharedRedis(server, connection, free);
    }

    private EmbeddedServer Keep(EmbeddedServer server)
    {
        lock (_started)
        {
            _started.Add(server);
        }

        return server;
    }

    /// <summary>A directory name that nobody has used, removed with the run.</summary>
    internal string NewDirectory() => Path.Combine(_directory, $"{Interlocked.Increment(ref _directories)}");

    private void RemoveDirectoriesOfKilledRuns()
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(_directory)!);
        var running = Process.GetProcesses().Select(process => $"{process.Id}").ToHashSet();
        foreach (var directory in parent.EnumerateDirectories().Where(directory => !running.Contains(directory.Name)))
        {
            directory.Delete(recursive: true);
        }
    }
}

/// <summary>The run's Redis and the numbers of its logical databases that no test holds.</summary>
internal sealed record SharedRedis(string ConnectionString, ConnectionMultiplexer Connection, Channel<int> FreeDatabases);
