using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts;
using MovieSir.Api.Dependencies;
using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>
/// Erases from time to time what has ended: accounts whose time of grace has passed, with all that is theirs; guests who did not come back; sign-ins,
/// tokens, links and sign-ups. Of all replicas one works at a time.
/// </summary>
internal sealed partial class Erasure(
    NpgsqlDataSource dataSource, EndedStore ended, GuestStore guests, IOptions<TravellerOptions> options, Outages outages, TimeProvider clock,
    ILogger<Erasure> logger) : BackgroundService
{
    private const string Lock = "travellers.erasure";
    private const int RowsAtATime = 500;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Erases what has ended.</summary>
    /// <returns>False where another replica does so now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var held = await AdvisoryLockStore.TryLockAsync(dataSource, Lock, 0, cancellationToken);
        if (held is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var accounts = await AllAsync(limit => ended.EraseAccountsAsync(Realm.Traveller, now, limit, cancellationToken));
        var forgotten = await AllAsync(
            limit => guests.DeleteForgottenAsync(now.AddDays(-options.Value.GuestDays), limit, cancellationToken));
        await AllAsync(limit => guests.DeleteEndedGroupsAsync(now, limit, cancellationToken));
        await AllAsync(limit => ended.DeleteEndedAsync(now, limit, cancellationToken));
        if (accounts + forgotten > 0)
        {
            LogErased(logger, accounts, forgotten);
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await outages.AskAsync(Dependency.PostgreSql, () => RunAsync(stoppingToken), Limit, stoppingToken);
            await Task.Delay(TimeSpan.FromMinutes(options.Value.ErasureMinutes), clock, stoppingToken);
        }
    }

    // A few rows at a time: no statement locks many.
    private static async Task<int> AllAsync(Func<int, Task<int>> delete)
    {
        var (all, deleted) = (0, RowsAtATime);
        while (deleted == RowsAtATime)
        {
            deleted = await delete(RowsAtATime);
            all += deleted;
        }

        return all;
    }

    [LoggerMessage(LogLevel.Information, "Erased {Accounts} deleted accounts and {Guests} guests who did not come back")]
    private static partial void LogErased(ILogger logger, int accounts, int guests);
}
