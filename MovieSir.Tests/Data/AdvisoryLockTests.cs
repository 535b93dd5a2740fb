using MovieSir.Data.Sql;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Data;

/// <summary>One holder at a time; a lock ends when it is released or when its holder's connection ends.</summary>
public sealed class AdvisoryLockTests(TestServers servers) : IAsyncLifetime
{
    private const string Name = "test.lock";

    private TestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => _database.DataSource;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Another_waits_until_the_lock_is_released()
    {
        var first = await AdvisoryLockStore.LockAsync(Source, Name, 0, Token);
        var second = AdvisoryLockStore.LockAsync(Source, Name, 0, Token);
        var refused = await AdvisoryLockStore.TryLockAsync(Source, Name, 0, Token);
        await using var other = await AdvisoryLockStore.TryLockAsync(Source, Name, 1, Token);

        Assert.Null(refused);
        Assert.NotNull(other); // another part of the same thing is another lock
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var held = await second;
    }

    [Fact]
    public async Task Waiting_can_be_ended_and_leaves_no_lock()
    {
        using var impatient = new CancellationTokenSource();
        var first = await AdvisoryLockStore.LockAsync(Source, Name, 0, Token);
        var second = AdvisoryLockStore.LockAsync(Source, Name, 0, impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();
        await using var third = await AdvisoryLockStore.TryLockAsync(Source, Name, 0, Token);
        Assert.NotNull(third);
    }

    [Fact]
    public async Task A_holder_that_dies_releases_the_lock()
    {
        var first = await AdvisoryLockStore.LockAsync(Source, Name, 0, Token);
        await using var end = Source.CreateCommand("""
            SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);
        Assert.Equal(true, await end.ExecuteScalarAsync(Token));

        await using var second = await AdvisoryLockStore.LockAsync(Source, Name, 0, Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await first.DisposeAsync()); // it had lost the lock, and says so
    }
}
