using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>What a traveller has watched, in numbers.</summary>
internal sealed class StatisticsStore(NpgsqlDataSource dataSource)
{
    private const int MonthsShown = 24;

    private static readonly SqlStatement Totals = new("""
        SELECT count(*)::integer, coalesce(sum(runtime_minutes), 0)::bigint, (avg(half_stars) / 2)::float8
        FROM b2c.watched_movies JOIN catalog.movies USING (movie_id) WHERE traveller_id = $1
        """, "uuid");

    private static readonly SqlStatement Ratings = new("""
        SELECT half_stars, count(*)::integer FROM b2c.watched_movies JOIN catalog.movies USING (movie_id)
        WHERE traveller_id = $1 AND half_stars IS NOT NULL GROUP BY half_stars ORDER BY half_stars
        """, "uuid");

    private static readonly SqlStatement Genres = new("""
        SELECT genre_id, name_en, name_ko, count(*)::integer AS movies
        FROM b2c.watched_movies JOIN catalog.movie_genres USING (movie_id) JOIN catalog.genres USING (genre_id)
        WHERE traveller_id = $1 GROUP BY genre_id, name_en, name_ko ORDER BY movies DESC, genre_id
        """, "uuid");

    private static readonly SqlStatement Months = new("""
        SELECT month, movies FROM (
          SELECT to_char(watched_on, 'YYYY-MM') AS month, count(*)::integer AS movies
          FROM b2c.watched_movies JOIN catalog.movies USING (movie_id)
          WHERE traveller_id = $1 AND watched_on IS NOT NULL GROUP BY month ORDER BY month DESC LIMIT $2) AS last
        ORDER BY month
        """, "uuid", "integer");

    private static readonly SqlStatement Decades = new("""
        SELECT (extract(year FROM release_date)::integer / 10) * 10 AS decade, count(*)::integer
        FROM b2c.watched_movies JOIN catalog.movies USING (movie_id)
        WHERE traveller_id = $1 AND release_date IS NOT NULL GROUP BY decade ORDER BY decade
        """, "uuid");

    public async Task<Statistics> ReadAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var totals = connection.CreateCommand(Totals, [travellerId]);
        var all = (await totals.ReadFirstAsync(
            reader => Tuple.Create(reader.GetInt32(0), reader.GetInt64(1), reader.GetNullable<double>(2)), cancellationToken))!;
        await using var ratings = connection.CreateCommand(Ratings, [travellerId]);
        await using var genres = connection.CreateCommand(Genres, [travellerId]);
        await using var months = connection.CreateCommand(Months, [travellerId, MonthsShown]);
        await using var decades = connection.CreateCommand(Decades, [travellerId]);
        return new Statistics
        {
            Watched = all.Item1,
            Minutes = all.Item2,
            MeanRating = all.Item3 is { } mean ? Math.Round(mean, 2, MidpointRounding.AwayFromZero) : null,
            Ratings = await ratings.ReadAllAsync(reader => new RatingCount(reader.GetInt16(0) / 2.0, reader.GetInt32(1)), cancellationToken),
            Genres = await genres.ReadAllAsync(
                reader => new GenreCount(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)), cancellationToken),
            Months = await months.ReadAllAsync(reader => new MonthCount(reader.GetString(0), reader.GetInt32(1)), cancellationToken),
            Decades = await decades.ReadAllAsync(reader => new DecadeCount(reader.GetInt32(0), reader.GetInt32(1)), cancellationToken),
        };
    }
}
