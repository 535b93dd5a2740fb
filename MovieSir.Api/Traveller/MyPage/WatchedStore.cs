using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>A movie that a traveller has seen, as it is kept.</summary>
internal sealed record WatchedLine(int MovieId, double? Rating, DateOnly? WatchedOn);

/// <summary>Lists of what a traveller said of movies.</summary>
internal sealed class WatchedStore(NpgsqlDataSource dataSource)
{
    // Titles are compared without case, width and spaces, in any part.
    private const string Found = """
        FROM b2c.watched_movies AS watched JOIN catalog.movies AS movie USING (movie_id)
        WHERE traveller_id = $1 AND ($3::smallint IS NULL OR half_stars >= $3) AND ($2::text IS NULL OR EXISTS (
          SELECT FROM unnest(ARRAY[title, title_ko, original_title]) AS name
          WHERE strpos(replace(lower(normalize(name, NFKC)), ' ', ''), replace(lower(normalize($2, NFKC)), ' ', '')) > 0))
        """;

    private static readonly SqlStatement Page = new($"""
        SELECT movie_id, half_stars, watched_on {Found}
        ORDER BY
          CASE WHEN $4 = 'rating' THEN half_stars END DESC NULLS LAST,
          CASE WHEN $4 = 'title' THEN coalesce(title_ko, title) END,
          CASE WHEN $4 = 'year' THEN release_date END DESC NULLS LAST,
          coalesce(watched_on, watched.updated_at::date) DESC, watched.updated_at DESC, movie_id
        LIMIT $5 OFFSET $6
        """, "uuid", "text", "smallint", "text", "integer", "integer");

    private static readonly SqlStatement Count = new($"SELECT count(*)::integer {Found}", "uuid", "text", "smallint");

    private static readonly SqlStatement RejectedPage = new("""
        SELECT movie_id FROM b2c.rejected_movies JOIN catalog.movies USING (movie_id) WHERE traveller_id = $1
        ORDER BY rejected_at DESC, movie_id LIMIT $2 OFFSET $3
        """, "uuid", "integer", "integer");

    private static readonly SqlStatement RejectedCount = new(
        "SELECT count(*)::integer FROM b2c.rejected_movies JOIN catalog.movies USING (movie_id) WHERE traveller_id = $1", "uuid");

    /// <summary>A page of watched movies.</summary>
    /// <param name="travellerId">Whose.</param>
    /// <param name="title">A part of a title; null: any.</param>
    /// <param name="leastHalfStars">Half stars at least; null: any, and those without.</param>
    /// <param name="sort">In which order, by the names of the call.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="offset">How many to leave out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(IReadOnlyList<WatchedLine> Lines, int Total)> PageAsync(
        Guid travellerId, string? title, short? leastHalfStars, string sort, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var page = dataSource.CreateCommand(Page, [travellerId, title, leastHalfStars, sort, limit, offset]);
        var lines = await page.ReadAllAsync(
            reader => new WatchedLine(reader.GetInt32(0), reader.GetNullable<short>(1) / 2.0, reader.GetNullable<DateOnly>(2)), cancellationToken);
        await using var count = dataSource.CreateCommand(Count, [travellerId, title, leastHalfStars]);
        return (lines, await count.ScalarAsync<int>(cancellationToken));
    }

    /// <summary>A page of movies that are not for a traveller, the last one first.</summary>
    public async Task<(IReadOnlyList<int> MovieIds, int Total)> RejectedPageAsync(
        Guid travellerId, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var page = dataSource.CreateCommand(RejectedPage, [travellerId, limit, offset]);
        var movieIds = await page.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken);
        await using var count = dataSource.CreateCommand(RejectedCount, [travellerId]);
        return (movieIds, await count.ScalarAsync<int>(cancellationToken));
    }
}
