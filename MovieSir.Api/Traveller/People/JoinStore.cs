using Microsoft.EntityFrameworkCore;
using MovieSir.Data;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>Travellers with an account: how they come to be, and how what they did as guests becomes theirs.</summary>
internal sealed class JoinStore(NpgsqlDataSource dataSource)
{
    private static readonly SqlStatement Insert = new("""
        INSERT INTO b2c.travellers (traveller_id, account_id, nickname, nickname_key, show_adult, created_at, last_seen_at)
        VALUES ($1, $2, $3, $4, false, $5, $5)
        """, "uuid", "uuid", "text", "text", "timestamptz");

    private static readonly SqlStatement ByAccount = new(
        "SELECT traveller_id, show_adult, last_seen_at FROM b2c.travellers WHERE account_id = $1", "uuid");

    private static readonly SqlStatement IsTaken = new(
        "SELECT EXISTS (SELECT FROM b2c.travellers WHERE nickname_key = $1 AND traveller_id IS DISTINCT FROM $2)", "text", "uuid");

    private static readonly SqlStatement Rename = new(
        "UPDATE b2c.travellers SET nickname = $2, nickname_key = $3 WHERE traveller_id = $1", "uuid", "text", "text");

    // $1 the guest, $2 the traveller. What the traveller said before stays; services and picks are taken over only where there were none.
    private static readonly SqlStatement MergeProviders = new("""
        INSERT INTO b2c.traveller_providers (traveller_id, provider_id) SELECT $2, provider_id FROM b2c.traveller_providers WHERE traveller_id = $1
          AND NOT EXISTS (SELECT FROM b2c.traveller_providers WHERE traveller_id = $2)
        """, "uuid", "uuid");

    private static readonly SqlStatement MergeAnswers = new("""
        INSERT INTO b2c.survey_answers (traveller_id, movie_id, answered_at) SELECT $2, movie_id, answered_at FROM b2c.survey_answers
        WHERE traveller_id = $1 AND NOT EXISTS (SELECT FROM b2c.survey_answers WHERE traveller_id = $2)
        """, "uuid", "uuid");

    private static readonly SqlStatement MergeWatched = new("""
        INSERT INTO b2c.watched_movies AS known (traveller_id, movie_id, half_stars, watched_on, updated_at)
        SELECT $2, movie_id, half_stars, watched_on, updated_at FROM b2c.watched_movies WHERE traveller_id = $1
        ON CONFLICT (traveller_id, movie_id) DO UPDATE SET half_stars = coalesce(known.half_stars, excluded.half_stars),
          watched_on = coalesce(known.watched_on, excluded.watched_on)
        """, "uuid", "uuid");

    private static readonly SqlStatement MergeRejected = new("""
        INSERT INTO b2c.rejected_movies (traveller_id, movie_id, rejected_at)
        SELECT $2, movie_id, rejected_at FROM b2c.rejected_movies WHERE traveller_id = $1 ON CONFLICT DO NOTHING
        """, "uuid", "uuid");

    private static readonly SqlStatement MergeSessions = new(
        "UPDATE b2c.recommendation_sessions SET traveller_id = $2 WHERE traveller_id = $1", "uuid", "uuid");

    private static readonly SqlStatement MergeClicks = new(
        "UPDATE b2c.provider_clicks SET traveller_id = $2 WHERE traveller_id = $1", "uuid", "uuid");

    private static readonly SqlStatement MergeGroups = new("""
        UPDATE b2c.group_members AS member SET traveller_id = $2 WHERE traveller_id = $1
          AND NOT EXISTS (SELECT FROM b2c.group_members AS other WHERE other.group_id = member.group_id AND other.traveller_id = $2)
        """, "uuid", "uuid");

    private static readonly SqlStatement MergePreferences = new("""
        UPDATE b2c.travellers SET onboarded_at = coalesce(travellers.onboarded_at, guest.onboarded_at),
          show_adult = travellers.show_adult OR guest.show_adult
        FROM b2c.travellers AS guest WHERE guest.traveller_id = $1 AND travellers.traveller_id = $2
        """, "uuid", "uuid");

    private static readonly SqlStatement DeleteGuest = new(
        "DELETE FROM b2c.travellers WHERE traveller_id = $1 AND account_id IS NULL", "uuid");

    /// <summary>The traveller of an account.</summary>
    public async Task<TravellerIdentity?> FindAsync(Guid accountId, Guid? signInId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByAccount, [accountId]);
        return await command.ReadFirstAsync(
            reader => new TravellerIdentity
            {
                TravellerId = reader.GetGuid(0),
                AccountId = accountId,
                SignInId = signInId,
                ShowAdult = reader.GetBoolean(1),
                LastSeenAt = reader.GetFieldValue<DateTimeOffset>(2),
            },
            cancellationToken);
    }

    /// <summary>Whether somebody else has a nickname.</summary>
    public async Task<bool> IsTakenAsync(Nickname nickname, Guid? exceptTravellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(IsTaken, [nickname.Key, exceptTravellerId]);
        return await command.ScalarAsync<bool>(cancellationToken);
    }

    /// <summary>Adds the traveller of a new account.</summary>
    /// <param name="context">In its transaction.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="nickname">The nickname.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The traveller; null where somebody else has the nickname: nothing may then be committed.</returns>
    public static async Task<Guid?> AddAsync(
        MovieSirDbContext context, Guid accountId, Nickname nickname, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var travellerId = Guid.CreateVersion7(now);
            await using var command = ConnectionOf(context).CreateCommand(Insert, [travellerId, accountId, nickname.Text, nickname.Key, now]);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return travellerId;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    /// <returns>False where somebody else has the nickname.</returns>
    public async Task<bool> RenameAsync(Guid travellerId, Nickname nickname, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = dataSource.CreateCommand(Rename, [travellerId, nickname.Text, nickname.Key]);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Gives a traveller all that is a guest's, and ends the guest.</summary>
    /// <param name="context">In its transaction.</param>
    /// <param name="guestId">The guest.</param>
    /// <param name="travellerId">The traveller.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task MergeAsync(MovieSirDbContext context, Guid guestId, Guid travellerId, CancellationToken cancellationToken)
    {
        foreach (var statement in new[]
        {
            MergeProviders, MergeAnswers, MergeWatched, MergeRejected, MergeSessions, MergeClicks, MergeGroups, MergePreferences,
        })
        {
            await using var command = ConnectionOf(context).CreateCommand(statement, [guestId, travellerId]);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var delete = ConnectionOf(context).CreateCommand(DeleteGuest, [guestId]);
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlConnection ConnectionOf(MovieSirDbContext context) => (NpgsqlConnection)context.Database.GetDbConnection();
}
