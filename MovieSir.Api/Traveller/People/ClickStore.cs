using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.People;

/// <summary>Clicks on links to streaming services.</summary>
internal sealed class ClickStore(NpgsqlDataSource dataSource)
{
    // A session is named only where it is the traveller's own. Its end, if nobody said it, is the click plus the time that was asked for.
    private static readonly SqlStatement Insert = new("""
        WITH own AS (
          UPDATE b2c.recommendation_sessions
          SET ends_at = coalesce(ends_at, $6 + make_interval(mins => (wish ->> 'available_time')::integer))
          WHERE session_id = $5 AND traveller_id = $2 RETURNING session_id)
        INSERT INTO b2c.provider_clicks (click_id, traveller_id, movie_id, provider_id, session_id, clicked_at)
        VALUES ($1, $2, $3, $4, (SELECT session_id FROM own), $6)
        """, "uuid", "uuid", "integer", "integer", "uuid", "timestamptz");

    /// <param name="travellerId">Whose click it is.</param>
    /// <param name="movieId">The movie.</param>
    /// <param name="providerId">The streaming service.</param>
    /// <param name="sessionId">The session that showed the movie; another's is left out.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task AddAsync(
        Guid travellerId, int movieId, int providerId, Guid? sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            Insert, [Guid.CreateVersion7(now), travellerId, movieId, providerId, sessionId, now]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
