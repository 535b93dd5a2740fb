using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>Adds many watched movies at once.</summary>
internal sealed class HistoryStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 30;

    // What the traveller said before stays.
    private static readonly SqlStatement Add = new("""
        WITH given AS (SELECT * FROM unnest($2, $3, $4) AS given (movie_id, half_stars, watched_on)),
        known AS (
          SELECT count(*)::integer AS movies FROM b2c.watched_movies WHERE traveller_id = $1 AND movie_id IN (SELECT movie_id FROM given)),
        written AS (
          INSERT INTO b2c.watched_movies AS watched (traveller_id, movie_id, half_stars, watched_on, updated_at)
          SELECT $1, movie_id, half_stars, watched_on, $5 FROM given
          ON CONFLICT (traveller_id, movie_id) DO UPDATE SET half_stars = coalesce(watched.half_stars, excluded.half_stars),
            watched_on = coalesce(watched.watched_on, excluded.watched_on))
        SELECT movies FROM known
        """, "uuid", "integer[]", "smallint[]", "date[]", "timestamptz");

    /// <summary>Adds movies, each once.</summary>
    /// <returns>How many of them were there already.</returns>
    public async Task<int> AddAsync(Guid travellerId, IReadOnlyList<WatchedLine> lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            Add,
            [
                travellerId, lines.Select(line => line.MovieId).ToArray(),
                lines.Select(line => People.TasteStore.HalfStars(line.Rating)).ToArray(), lines.Select(line => line.WatchedOn).ToArray(), now,
            ]).Within(TimeoutSeconds);
        return await command.ScalarAsync<int>(cancellationToken);
    }
}
