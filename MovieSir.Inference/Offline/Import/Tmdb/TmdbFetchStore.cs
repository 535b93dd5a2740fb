using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>Which movies TMDB was asked for (<c>catalog.tmdb_fetches</c>), and which are still to be asked for.</summary>
internal sealed class TmdbFetchStore(NpgsqlDataSource source)
{
    // The most rated first: an import that stops early has then done the most good.
    private static readonly SqlStatement Stubs = new("""
        SELECT movie.movie_id FROM catalog.movies movie
        LEFT JOIN (SELECT movie_id, count(*) AS ratings FROM catalog.ratings GROUP BY movie_id) rated USING (movie_id)
        WHERE movie.is_stub OR movie.runtime_minutes IS NULL ORDER BY rated.ratings DESC NULLS LAST, movie.movie_id
        """);

    private static readonly SqlStatement Since = new(
        "SELECT movie_id FROM catalog.tmdb_fetches WHERE movie_id = ANY ($1) AND scope = $2 AND fetched_at > $3", "integer[]", "text", "timestamptz");

    private static readonly SqlStatement Write = new(
        """
        INSERT INTO catalog.tmdb_fetches (movie_id, scope, found, fetched_at)
        SELECT asked.movie_id, $1, asked.found, $2 FROM unnest($3, $4) AS asked (movie_id, found)
        ON CONFLICT (movie_id, scope) DO UPDATE SET found = excluded.found, fetched_at = excluded.fetched_at
        """,
        "text", "timestamptz", "integer[]", "boolean[]");

    /// <summary>Movies that only a ratings source knows, or whose running time is missing, the most rated first.</summary>
    public async Task<IReadOnlyList<int>> FindStubsAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Stubs);
        return await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken);
    }

    /// <summary>Those of the movies that were asked for in this scope after a time.</summary>
    public async Task<IReadOnlySet<int>> FindSinceAsync(int[] movieIds, string scope, DateTimeOffset after, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Since, [movieIds, scope, after]);
        return (await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken)).ToHashSet();
    }

    /// <summary>Writes down what was asked for and found, in the transaction of the import.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        string scope,
        DateTimeOffset at,
        IReadOnlyList<(int MovieId, bool Found)> asked,
        CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(
            Write, [scope, at, asked.Select(movie => movie.MovieId).ToArray(), asked.Select(movie => movie.Found).ToArray()]).Within(0);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
