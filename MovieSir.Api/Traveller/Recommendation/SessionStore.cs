using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults.InferenceContract;
using Npgsql;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>The chosen movies of a session.</summary>
internal sealed record StoredPlan(Track Track, int[] MovieIds, DateTimeOffset? StartsAt);

/// <summary>A session as it is kept.</summary>
internal sealed record StoredSession(Wish Wish, RecommendAnswer Answer, int[] ShownMovieIds, StoredPlan? Plan, string? ShareId);

/// <summary>Recommendation sessions. Each belongs to its traveller: another's is as one that is not there.</summary>
internal sealed class SessionStore(NpgsqlDataSource dataSource, IOptions<JsonOptions> json)
{
    private const string Columns = "wish, answer, shown_movie_ids, plan_track, plan_movie_ids, starts_at, share_id";

    private static readonly SqlStatement Insert = new("""
        INSERT INTO b2c.recommendation_sessions (session_id, traveller_id, wish, answer, shown_movie_ids, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        """, "uuid", "uuid", "jsonb", "jsonb", "integer[]", "timestamptz");

    private static readonly SqlStatement ById = new(
        $"SELECT {Columns} FROM b2c.recommendation_sessions WHERE session_id = $1 AND traveller_id = $2", "uuid", "uuid");

    private static readonly SqlStatement ByIdLocked = new(
        $"SELECT {Columns} FROM b2c.recommendation_sessions WHERE session_id = $1 AND traveller_id = $2 FOR UPDATE", "uuid", "uuid");

    // What somebody shared goes with their account, as soon as they delete it.
    private static readonly SqlStatement ByShareId = new($"""
        SELECT {Columns} FROM b2c.recommendation_sessions WHERE share_id = $1 AND NOT EXISTS (
          SELECT FROM b2c.travellers JOIN accounts.accounts USING (account_id)
          WHERE travellers.traveller_id = recommendation_sessions.traveller_id AND deleted_at IS NOT NULL)
        """, "text");

    private static readonly SqlStatement Page = new(
        $"SELECT {Columns} FROM b2c.recommendation_sessions WHERE traveller_id = $1 ORDER BY created_at DESC, session_id LIMIT $2 OFFSET $3",
        "uuid", "integer", "integer");

    private static readonly SqlStatement Count = new(
        "SELECT count(*)::integer FROM b2c.recommendation_sessions WHERE traveller_id = $1", "uuid");

    private static readonly SqlStatement Change = new("""
        UPDATE b2c.recommendation_sessions SET answer = $2,
          shown_movie_ids = shown_movie_ids || ARRAY(SELECT id FROM unnest($3) AS id WHERE id <> ALL (shown_movie_ids))
        WHERE session_id = $1
        """, "uuid", "jsonb", "integer[]");

    private static readonly SqlStatement SetPlan = new("""
        UPDATE b2c.recommendation_sessions SET plan_track = $3, plan_movie_ids = $4, starts_at = $5, ends_at = CASE WHEN $5 IS NULL THEN ends_at
          ELSE $5 + make_interval(mins => (SELECT coalesce(sum(runtime_minutes), 0)::integer FROM catalog.movies WHERE movie_id = ANY ($4))
            + (wish ->> 'break_minutes')::integer * (cardinality($4) - 1)) END
        WHERE session_id = $1 AND traveller_id = $2
        """, "uuid", "uuid", "text", "integer[]", "timestamptz");

    private static readonly SqlStatement Share = new("""
        UPDATE b2c.recommendation_sessions SET share_id = coalesce(share_id, $3) WHERE session_id = $1 AND traveller_id = $2 RETURNING share_id
        """, "uuid", "uuid", "text");

    private static readonly SqlStatement Unshare = new(
        "UPDATE b2c.recommendation_sessions SET share_id = NULL WHERE session_id = $1 AND traveller_id = $2", "uuid", "uuid");

    private static readonly SqlStatement Delete = new(
        "DELETE FROM b2c.recommendation_sessions WHERE session_id = $1 AND traveller_id = $2", "uuid", "uuid");

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public Task AddAsync(Guid travellerId, Wish wish, RecommendAnswer answer, CancellationToken cancellationToken) => ExecuteAsync(
        Insert,
        [
            answer.SessionId, travellerId, JsonSerializer.Serialize(wish, _json), JsonSerializer.Serialize(answer, _json), MoviesOf(answer),
            answer.CreatedAt,
        ],
        cancellationToken);

    public async Task<StoredSession?> FindAsync(Guid sessionId, Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ById, [sessionId, travellerId]);
        return await command.ReadFirstAsync(Read, cancellationToken);
    }

    public async Task<StoredSession?> FindSharedAsync(string shareId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByShareId, [shareId]);
        return await command.ReadFirstAsync(Read, cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<(IReadOnlyList<StoredSession> Sessions, int Total)> PageAsync(
        Guid travellerId, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var page = dataSource.CreateCommand(Page, [travellerId, limit, offset]);
        var sessions = await page.ReadAllAsync(Read, cancellationToken);
        await using var count = dataSource.CreateCommand(Count, [travellerId]);
        return (sessions, await count.ScalarAsync<int>(cancellationToken));
    }

    /// <summary>Writes what <paramref name="change"/> makes of a session's answer, while nobody else changes it.</summary>
    public async Task ChangeAsync(
        Guid sessionId, Guid travellerId, Func<RecommendAnswer, RecommendAnswer> change, int[] shown, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var read = connection.CreateCommand(ByIdLocked, [sessionId, travellerId]);
        if (await read.ReadFirstAsync(Read, cancellationToken) is not { } session)
        {
            return; // deleted meanwhile
        }

        await using var write = connection.CreateCommand(
            Change, [sessionId, JsonSerializer.Serialize(change(session.Answer), _json), shown]);
        await write.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>False where there is no such session of this traveller.</returns>
    public Task<bool> SetPlanAsync(Guid sessionId, Guid travellerId, StoredPlan plan, CancellationToken cancellationToken) => ExecuteAsync(
        SetPlan,
        [sessionId, travellerId, plan.Track is Track.A ? "a" : "b", plan.MovieIds, plan.StartsAt?.ToUniversalTime()],
        cancellationToken);

    /// <returns>The name under which it is shared, the same as before where it was; null where there is no such session.</returns>
    public async Task<string?> ShareAsync(Guid sessionId, Guid travellerId, string shareId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Share, [sessionId, travellerId, shareId]);
        return await command.ScalarAsync<string?>(cancellationToken);
    }

    public Task<bool> UnshareAsync(Guid sessionId, Guid travellerId, CancellationToken cancellationToken) =>
        ExecuteAsync(Unshare, [sessionId, travellerId], cancellationToken);

    public Task<bool> DeleteAsync(Guid sessionId, Guid travellerId, CancellationToken cancellationToken) =>
        ExecuteAsync(Delete, [sessionId, travellerId], cancellationToken);

    private static int[] MoviesOf(RecommendAnswer answer) =>
        [.. answer.TrackA.Movies.Concat(answer.TrackB.Movies).Select(movie => movie.MovieId).Distinct()];

    private async Task<bool> ExecuteAsync(SqlStatement statement, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(statement, values);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private StoredSession Read(NpgsqlDataReader reader) => new(
        JsonSerializer.Deserialize<Wish>(reader.GetString(0), _json)!,
        JsonSerializer.Deserialize<RecommendAnswer>(reader.GetString(1), _json)!,
        reader.GetFieldValue<int[]>(2),
        reader.GetNullable<string>(3) is { } track
            ? new StoredPlan(track == "a" ? Track.A : Track.B, reader.GetFieldValue<int[]>(4), reader.GetNullable<DateTimeOffset>(5))
            : null,
        reader.GetNullable<string>(6));
}
