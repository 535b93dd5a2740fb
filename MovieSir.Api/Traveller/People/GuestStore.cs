using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>Travellers without an account, whom a browser's cookie names.</summary>
internal sealed class GuestStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement ByToken = new(
        "SELECT traveller_id, show_adult, last_seen_at FROM b2c.travellers WHERE guest_token_hash = $1 AND last_seen_at > $2",
            "bytea", "timestamptz");

    private static readonly SqlStatement Insert = new("""
        INSERT INTO b2c.travellers (traveller_id, guest_token_hash, show_adult, created_at, last_seen_at) VALUES ($1, $2, false, $3, $3)
        """, "uuid", "bytea", "timestamptz");

    private static readonly SqlStatement Seen = new(
        "UPDATE b2c.travellers SET last_seen_at = $2 WHERE traveller_id = $1", "uuid", "timestamptz");

    private static readonly SqlStatement DeleteForgotten = new("""
        DELETE FROM b2c.travellers WHERE traveller_id IN (
          SELECT traveller_id FROM b2c.travellers WHERE account_id IS NULL AND last_seen_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    private static readonly SqlStatement DeleteEndedGroups = new("""
        DELETE FROM b2c.groups WHERE group_id IN (SELECT group_id FROM b2c.groups WHERE expires_at <= $1 LIMIT $2)
        """, "timestamptz", "integer");

    /// <summary>The guest whom this token names, if one was seen since <paramref name="since"/>.</summary>
    public async Task<TravellerIdentity?> FindAsync(byte[] tokenHash, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByToken, [tokenHash, since]);
        return await command.ReadFirstAsync(
            reader => new TravellerIdentity
            {
                TravellerId = reader.GetGuid(0),
                ShowAdult = reader.GetBoolean(1),
                LastSeenAt = reader.GetFieldValue<DateTimeOffset>(2),
            },
            cancellationToken);
    }

    public async Task<TravellerIdentity> AddAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var identity = new TravellerIdentity { TravellerId = Guid.CreateVersion7(now), LastSeenAt = now };
        await using var command = dataSource.CreateCommand(Insert, [identity.TravellerId, tokenHash, now]);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return identity;
    }

    public async Task SeenAsync(Guid travellerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Seen, [travellerId, now]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes guests, and all that is theirs, who were not seen since <paramref name="since"/>.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> means that no more are left.</returns>
    public async Task<int> DeleteForgottenAsync(DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteForgotten, [since, limit]);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes groups of two whose day has passed.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> means that no more are left.</returns>
    public async Task<int> DeleteEndedGroupsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteEndedGroups, [now, limit]);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
