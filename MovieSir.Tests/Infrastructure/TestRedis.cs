using StackExchange.Redis;

namespace MovieSir.Tests.Infrastructure;

/// <summary>One test class' (or test's) own logical database in the shared Redis.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private readonly SharedRedis _shared;
    private readonly int _number;

    internal TestRedis(SharedRedis shared, int number)
    {
        (_shared, _number) = (shared, number);
        ConnectionString = $"{shared.ConnectionString},defaultDatabase={number}";
    }

    public string ConnectionString { get; }

    public IDatabase Database => _shared.Connection.GetDatabase(_number);

    public async ValueTask DisposeAsync()
    {
        await _shared.Connection.GetServers()[0].FlushDatabaseAsync(_number);
        await _shared.FreeDatabases.Writer.WriteAsync(_number);
    }
}
