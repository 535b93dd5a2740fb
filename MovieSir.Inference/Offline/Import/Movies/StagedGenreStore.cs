using MovieSir.Data.Catalog;
using MovieSir.Data.Sql;
using MovieSir.Inference.Catalog;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>What a merge did to genres.</summary>
/// <param name="NamesChanged">Genres added, removed or renamed.</param>
/// <param name="Unknown">Movies without a genre of which only the id was given, and is not known.</param>
/// <param name="BeyondLimit">Movies without a genre for which there is no room.</param>
internal sealed record GenreMerge(long NamesChanged, long Unknown, long BeyondLimit);

/// <summary>
/// Merges the genres of staged movies into the catalog. It keeps TMDB's own and those that a movie has, and no more than a snapshot can hold.
/// </summary>
internal sealed class StagedGenreStore(NpgsqlConnection connection) : ImportStore(connection)
{
    private static readonly SqlStatement RemoveGenreLinks = new("""
        WITH removed AS (
            DELETE FROM catalog.movie_genres link USING staged_movies staged
            WHERE link.movie_id = staged.movie_id AND staged.genre_ids IS NOT NULL AND NOT link.genre_id = ANY (staged.genre_ids)
            RETURNING link.movie_id)
        INSERT INTO changed_movies SELECT movie_id FROM removed
        """) { Requires = [StagedMovieStore.CreateTable, StagedMovieStore.CreateChanges] };

    // A genre that TMDB added since: its one name stands in for both languages until a record has it in the other.
    private static readonly SqlStatement RenameGenres = new("""
        UPDATE catalog.genres genre SET
            name_en = CASE WHEN given.name ~ '[가-힣]' THEN genre.name_en ELSE given.name END,
            name_ko = CASE WHEN given.name ~ '[가-힣]' THEN given.name WHEN genre.name_ko ~ '[가-힣]' THEN genre.name_ko ELSE given.name END
        FROM (
            SELECT DISTINCT ON (listed.id) listed.id, listed.name
            FROM staged_movies staged, unnest(staged.genre_ids, staged.genre_names) AS listed (id, name)
            WHERE listed.name IS NOT NULL ORDER BY listed.id, staged.line DESC) given
        WHERE genre.genre_id = given.id AND genre.name_en = genre.name_ko AND genre.name_en <> given.name
        """) { Requires = [StagedMovieStore.CreateTable] };

    private static readonly SqlStatement RemoveUnusedGenres = new(
        """
        DELETE FROM catalog.genres genre
        WHERE genre.genre_id <> ALL ($1) AND NOT EXISTS (SELECT FROM catalog.movie_genres link WHERE link.genre_id = genre.genre_id)
            AND NOT EXISTS (SELECT FROM staged_movies staged WHERE genre.genre_id = ANY (staged.genre_ids))
        """,
        "integer[]")
    { Requires = [StagedMovieStore.CreateTable] };

    // Where there is room for some only, those of most movies.
    private static readonly SqlStatement AddGenres = new(
        """
        INSERT INTO catalog.genres (genre_id, name_en, name_ko)
        SELECT listed.id, (array_agg(listed.name ORDER BY staged.line DESC))[1], (array_agg(listed.name ORDER BY staged.line DESC))[1]
        FROM staged_movies staged, unnest(staged.genre_ids, staged.genre_names) AS listed (id, name)
        WHERE listed.name IS NOT NULL AND NOT EXISTS (SELECT FROM catalog.genres known WHERE known.genre_id = listed.id)
        GROUP BY listed.id ORDER BY count(*) DESC, listed.id
        LIMIT greatest(0, $1 - (SELECT count(*) FROM catalog.genres))
        """,
        "bigint")
    { Requires = [StagedMovieStore.CreateTable] };

    private static readonly SqlStatement AddGenreLinks = new("""
        WITH added AS (
            INSERT INTO catalog.movie_genres (movie_id, genre_id)
            SELECT staged.movie_id, genre.genre_id FROM staged_movies staged, unnest(staged.genre_ids) AS listed (id)
            JOIN catalog.genres genre ON genre.genre_id = listed.id
            ON CONFLICT DO NOTHING
            RETURNING movie_id)
        INSERT INTO changed_movies SELECT movie_id FROM added
        """) { Requires = [StagedMovieStore.CreateTable, StagedMovieStore.CreateChanges] };

    private static readonly SqlStatement CountLeftOut = new("""
        SELECT count(DISTINCT staged.movie_id) FILTER (WHERE listed.name IS NULL),
            count(DISTINCT staged.movie_id) FILTER (WHERE listed.name IS NOT NULL)
        FROM staged_movies staged, unnest(staged.genre_ids, staged.genre_names) AS listed (id, name)
        WHERE NOT EXISTS (SELECT FROM catalog.genres known WHERE known.genre_id = listed.id)
        """) { Requires = [StagedMovieStore.CreateTable] };

    public async Task<GenreMerge> MergeAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(RemoveGenreLinks, cancellationToken);
        long names = await ExecuteAsync(RenameGenres, cancellationToken);
        names += await ExecuteAsync(RemoveUnusedGenres, [KnownGenres.All.Select(genre => genre.GenreId).ToArray()], cancellationToken);
        names += await ExecuteAsync(AddGenres, [(long)SnapshotBuilder.MaximumGenres], cancellationToken);
        await ExecuteAsync(AddGenreLinks, cancellationToken);
        var (unknown, beyondLimit) = await CountsAsync(CountLeftOut, cancellationToken);
        return new GenreMerge(names, unknown, beyondLimit);
    }
}
