using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>A movie of a set that has ended, which nobody has judged.</summary>
internal sealed record OpenQuestion(Guid SessionId, int MovieId, DateTimeOffset EndedAt);

/// <summary>Thumbs: one judges one movie of one session.</summary>
internal sealed class ThumbStore(NpgsqlDataSource dataSource)
{
    private const int MonthDays = 30;
    private const int MostAsked = 20;

    // Whoever judges a movie has seen it: on the day that the set ended. Both are written at one time, by which they are taken back together.
    private static readonly SqlStatement Judge = new("""
        WITH own AS (
          SELECT session_id, (coalesce(ends_at, $5) AT TIME ZONE 'Asia/Seoul')::date AS day FROM b2c.recommendation_sessions
          WHERE session_id = $1 AND traveller_id = $2 AND $3 = ANY (shown_movie_ids)),
        seen AS (
          INSERT INTO b2c.watched_movies (traveller_id, movie_id, watched_on, updated_at)
          SELECT $2, movie_id, least(day, ($5 AT TIME ZONE 'Asia/Seoul')::date), $5 FROM own JOIN catalog.movies ON movie_id = $3
          ON CONFLICT DO NOTHING)
        INSERT INTO b2c.satisfactions (session_id, movie_id, is_positive, judged_at) SELECT session_id, $3, $4, $5 FROM own
        ON CONFLICT (session_id, movie_id) DO UPDATE SET is_positive = excluded.is_positive
        """, "uuid", "uuid", "integer", "boolean", "timestamptz");

    private static readonly SqlStatement TakeBack = new("""
        WITH taken AS (
          DELETE FROM b2c.satisfactions AS thumb USING b2c.recommendation_sessions AS session
          WHERE thumb.session_id = $1 AND thumb.movie_id = $3 AND session.session_id = $1 AND session.traveller_id = $2
          RETURNING thumb.judged_at)
        DELETE FROM b2c.watched_movies USING taken
        WHERE traveller_id = $2 AND movie_id = $3 AND half_stars IS NULL AND updated_at = taken.judged_at
        """, "uuid", "uuid", "integer");

    // A set with a start is asked about as a whole, another by the movies whose service was opened.
    private static readonly SqlStatement Open = new("""
        SELECT session_id, movie_id, ends_at FROM b2c.recommendation_sessions AS session
        CROSS JOIN LATERAL (
          SELECT unnest(plan_movie_ids) AS movie_id WHERE starts_at IS NOT NULL
          UNION SELECT movie_id FROM b2c.provider_clicks AS click WHERE click.session_id = session.session_id AND starts_at IS NULL) AS asked
        WHERE traveller_id = $1 AND dismissed_at IS NULL AND ends_at <= $2 AND ends_at > $2 - make_interval(days => $3)
          AND NOT EXISTS (
            SELECT FROM b2c.satisfactions AS thumb WHERE thumb.session_id = session.session_id AND thumb.movie_id = asked.movie_id)
        ORDER BY ends_at DESC, session_id, array_position(plan_movie_ids, movie_id), movie_id LIMIT $4
        """, "uuid", "timestamptz", "integer", "integer");

    // Who does not want to be asked of a set does not want to be asked of those before it.
    private static readonly SqlStatement Dismiss = new("""
        UPDATE b2c.recommendation_sessions AS session SET dismissed_at = $3
        FROM b2c.recommendation_sessions AS named
        WHERE named.session_id = $1 AND named.traveller_id = $2 AND session.traveller_id = $2
          AND (session.session_id = $1 OR session.ends_at <= named.ends_at) AND session.dismissed_at IS NULL
        """, "uuid", "uuid", "timestamptz");

    /// <returns>False where this traveller has no such session, or it has not shown the movie.</returns>
    public async Task<bool> JudgeAsync(
        Guid sessionId, Guid travellerId, int movieId, bool isPositive, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Judge, [sessionId, travellerId, movieId, isPositive, now]);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    public async Task TakeBackAsync(Guid sessionId, Guid travellerId, int movieId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(TakeBack, [sessionId, travellerId, movieId]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What may be asked: movies of sets that ended lately, the latest set first.</summary>
    public async Task<IReadOnlyList<OpenQuestion>> OpenAsync(Guid travellerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Open, [travellerId, now, MonthDays, MostAsked]);
        return await command.ReadAllAsync(
            reader => new OpenQuestion(reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2)), cancellationToken);
    }

    public async Task DismissAsync(Guid sessionId, Guid travellerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Dismiss, [sessionId, travellerId, now]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
