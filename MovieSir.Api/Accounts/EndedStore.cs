using Microsoft.Extensions.Options;
using MovieSir.Api.Accounts.Devices;
using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Accounts;

/// <summary>
/// Erases what has ended: accounts whose time of grace has passed, and sign-ins, tokens, links and sign-ups that nobody can use any more.
/// </summary>
internal sealed class EndedStore(NpgsqlDataSource dataSource, IOptions<AccountOptions> options, IOptions<SignInOptions> signIns)
{
    // What hangs on an account goes with it: its sign-ins, its links, and all that is its traveller's.
    private static readonly SqlStatement DeleteAccounts = new("""
        DELETE FROM accounts.accounts WHERE account_id IN (
          SELECT account_id FROM accounts.accounts WHERE realm = $1 AND deleted_at <= $2 LIMIT $3 FOR UPDATE SKIP LOCKED)
        """, "text", "timestamptz", "integer");

    private static readonly SqlStatement DeleteSignIns = new("""
        DELETE FROM accounts.sign_ins WHERE sign_in_id IN (SELECT sign_in_id FROM accounts.sign_ins WHERE expires_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    private static readonly SqlStatement DeleteTokens = new("""
        DELETE FROM accounts.refresh_tokens WHERE token_hash IN (SELECT token_hash FROM accounts.refresh_tokens WHERE used_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    private static readonly SqlStatement DeleteLinks = new("""
        DELETE FROM accounts.links WHERE token_hash IN (SELECT token_hash FROM accounts.links WHERE expires_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    private static readonly SqlStatement DeleteSignUps = new("""
        DELETE FROM accounts.sign_ups WHERE sign_up_id IN (SELECT sign_up_id FROM accounts.sign_ups WHERE expires_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    /// <summary>Erases accounts that were deleted so long ago that they cannot be restored.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> means that no more are left.</returns>
    public Task<int> EraseAccountsAsync(Realm realm, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ExecuteAsync(DeleteAccounts, [realm.ToString(), now.AddDays(-options.Value.GraceDays), limit], cancellationToken);

    /// <summary>Deletes sign-ins, used tokens, links and sign-ups whose time has run out.</summary>
    /// <returns>The most of one kind; fewer than <paramref name="limit"/> means that no more are left.</returns>
    public async Task<int> DeleteEndedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var (statement, before) in new[]
        {
            (DeleteSignIns, now),
            // A copied token ends its sign-in when it is used again: it is known as long as a browser may keep it.
            (DeleteTokens, now.AddDays(-signIns.Value.RememberedDays)),
            (DeleteLinks, now),
            (DeleteSignUps, now),
        })
        {
            most = Math.Max(most, await ExecuteAsync(statement, [before, limit], cancellationToken));
        }

        return most;
    }

    private async Task<int> ExecuteAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(statement, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
