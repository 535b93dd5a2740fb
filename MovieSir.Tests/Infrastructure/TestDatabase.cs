using MovieSir.Data;
using Npgsql;

namespace MovieSir.Tests.Infrastructure;

/// <summary>One test class' (or test's) own database.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    internal TestDatabase(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        DataSource = new NpgsqlDataSourceBuilder(ConnectionString).UseMovieSirTypes().Build();
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await TestServers.ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }
}
