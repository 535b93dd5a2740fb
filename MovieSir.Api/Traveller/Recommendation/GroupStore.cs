using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>How far two people have come.</summary>
/// <param name="People">How many have chosen.</param>
/// <param name="IsMine">Whether the caller is one of them.</param>
internal sealed record GroupState(int People, bool IsMine);

/// <summary>One of two, and the movies that speak for them. None: their own profile does.</summary>
internal sealed record GroupPerson(Guid TravellerId, int[] MovieIds);

/// <summary>Two people who look for movies together, for a day. Whoever has the group's random id may join; a third finds no place.</summary>
internal sealed class GroupStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement Insert = new("""
        WITH made AS (INSERT INTO b2c.groups (group_id, expires_at) VALUES ($1, $2))
        INSERT INTO b2c.group_members (group_id, place, traveller_id, movie_ids) VALUES ($1, 1, $3, $4)
        """, "text", "timestamptz", "uuid", "integer[]");

    // Who is in it already keeps their place and what they chose.
    private static readonly SqlStatement Join = new("""
        INSERT INTO b2c.group_members (group_id, place, traveller_id, movie_ids)
        SELECT group_id, 2, $2, $3 FROM b2c.groups WHERE group_id = $1 AND expires_at > $4
        ON CONFLICT DO NOTHING
        """, "text", "uuid", "integer[]", "timestamptz");

    private static readonly SqlStatement State = new("""
        SELECT count(member.traveller_id)::integer, coalesce(bool_or(member.traveller_id = $2), false)
        FROM b2c.groups LEFT JOIN b2c.group_members AS member USING (group_id)
        WHERE group_id = $1 AND expires_at > $3 GROUP BY group_id
        """, "text", "uuid", "timestamptz");

    private static readonly SqlStatement People = new("""
        SELECT traveller_id, movie_ids FROM b2c.groups JOIN b2c.group_members USING (group_id)
        WHERE group_id = $1 AND expires_at > $2 ORDER BY place
        """, "text", "timestamptz");

    public async Task AddAsync(string groupId, DateTimeOffset expiresAt, Guid travellerId, int[] movieIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Insert, [groupId, expiresAt, travellerId, movieIds]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes the second place, where it is free.</summary>
    public async Task JoinAsync(string groupId, Guid travellerId, int[] movieIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Join, [groupId, travellerId, movieIds, now]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Null where there is no such group, or not any more.</returns>
    public async Task<GroupState?> StateAsync(string groupId, Guid? travellerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(State, [groupId, travellerId, now]);
        return await command.ReadFirstAsync(reader => new GroupState(reader.GetInt32(0), reader.GetBoolean(1)), cancellationToken);
    }

    /// <summary>Who is in a group, the one who made it first.</summary>
    public async Task<IReadOnlyList<GroupPerson>> PeopleAsync(string groupId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(People, [groupId, now]);
        return await command.ReadAllAsync(reader => new GroupPerson(reader.GetGuid(0), reader.GetFieldValue<int[]>(1)), cancellationToken);
    }
}
