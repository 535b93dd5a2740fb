using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.Onboarding;

/// <summary>Movies that stand for a mood.</summary>
internal sealed class MoodStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int CandidatesPerMood = 30;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // The best known of the mood: a person must know them to answer. Those with a poster come first.
    private static readonly SqlStatement Candidates = new("""
        WITH fitting AS (
          SELECT movie_id, poster_path IS NULL AS bare, vote_count, cume_dist() OVER (ORDER BY vote_count DESC) AS known
          FROM catalog.movies AS movie
          CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(genre_id), '{}') AS genres FROM catalog.movie_genres WHERE movie_genres.movie_id = movie.movie_id) AS own
          WHERE NOT adult AND NOT is_stub AND runtime_minutes >= 40 AND own.genres @> $1 AND NOT own.genres && $2
            AND extract(year FROM release_date) BETWEEN $3 AND $4 AND vote_average >= $5)
        SELECT movie_id FROM fitting WHERE known >= $6 ORDER BY bare, vote_count DESC, movie_id LIMIT $7
        """, "integer[]", "integer[]", "integer", "integer", "double precision", "double precision", "integer");

    private volatile Known? _known;

    private sealed record Known(DateTimeOffset ReadAt, IReadOnlyDictionary<Mood, int[]> Movies);

    /// <summary>Movies by mood, best known first; up to ten minutes old.</summary>
    public async Task<IReadOnlyDictionary<Mood, int[]>> CandidatesAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known is { } known && now - known.ReadAt < Lifetime)
        {
            return known.Movies;
        }

        var movies = new Dictionary<Mood, int[]>();
        foreach (var rule in MoodRule.All)
        {
            await using var command = dataSource.CreateCommand(Candidates, [
                rule.Genres, rule.NoGenres, rule.FromYear, rule.UntilYear, rule.FromVote, rule.SkipKnown, CandidatesPerMood,
            ]);
            movies[rule.Mood] = [.. await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken)];
        }

        _known = new Known(now, movies);
        return movies;
    }
}
