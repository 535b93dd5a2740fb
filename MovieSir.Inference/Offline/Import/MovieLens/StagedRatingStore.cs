using MovieSir.Data.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>Takes the ratings of a file by binary COPY into a temporary table, and merges them into <c>catalog.ratings</c> in one go.</summary>
internal sealed class StagedRatingStore : ImportStore, IAsyncDisposable
{
    private static readonly SqlStatement CreateTable = new(
        "CREATE TEMPORARY TABLE staged_ratings (line bigint, user_id integer, movie_id integer, value real, rated_at timestamptz) ON COMMIT DROP");

    private static readonly SqlStatement Copy = new("COPY staged_ratings FROM STDIN (FORMAT binary)") { Requires = [CreateTable] };

    private static readonly SqlStatement CreateIndex = new("CREATE INDEX ON staged_ratings (user_id, movie_id)") { Requires = [CreateTable] };

    private static readonly SqlStatement Analyze = new("ANALYZE staged_ratings") { Requires = [CreateTable] };

    // MovieLens lists a few movies under two ids that share a TMDB id: the later rating counts.
    private static readonly SqlStatement RemoveSuperseded = new("""
        DELETE FROM staged_ratings earlier USING staged_ratings later
        WHERE earlier.user_id = later.user_id AND earlier.movie_id = later.movie_id
            AND (earlier.rated_at, earlier.line) < (later.rated_at, later.line)
        """) { Requires = [CreateTable] };

    private static readonly SqlStatement Merge = new(
        """
        INSERT INTO catalog.ratings AS rating (source_id, user_id, movie_id, value, rated_at)
        SELECT $1, user_id, movie_id, value, rated_at FROM staged_ratings ORDER BY user_id, movie_id
        ON CONFLICT (source_id, user_id, movie_id) DO UPDATE SET value = excluded.value, rated_at = excluded.rated_at
        WHERE (rating.value, rating.rated_at) IS DISTINCT FROM (excluded.value, excluded.rated_at)
        """,
        "smallint")
    { Requires = [CreateTable] };

    private static readonly SqlStatement RemoveOthers = new(
        """
        DELETE FROM catalog.ratings rating
        WHERE rating.source_id = $1 AND NOT EXISTS (
            SELECT FROM staged_ratings staged WHERE staged.user_id = rating.user_id AND staged.movie_id = rating.movie_id)
        """,
        "smallint")
    { Requires = [CreateTable] };

    private readonly NpgsqlBinaryImporter _copy;

    private StagedRatingStore(NpgsqlConnection connection, NpgsqlBinaryImporter copy)
        : base(connection) => _copy = copy;

    public static async Task<StagedRatingStore> CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, CreateTable, [], cancellationToken);
        return new StagedRatingStore(connection, await CopyAsync(connection, Copy, cancellationToken));
    }

    /// <summary>Adds a rating; <paramref name="line"/> decides between two of the same time.</summary>
    public async ValueTask AddAsync(long line, int userId, int movieId, float value, DateTime ratedAt, CancellationToken cancellationToken)
    {
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(userId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync(movieId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync(value, NpgsqlDbType.Real, cancellationToken);
        await _copy.WriteAsync(ratedAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }

    /// <summary>Afterwards the source has exactly the ratings that were added.</summary>
    public async Task<UserRowMerge> MergeAsync(short sourceId, CancellationToken cancellationToken)
    {
        await _copy.CompleteAsync(cancellationToken);
        await _copy.DisposeAsync();
        await ExecuteAsync(CreateIndex, cancellationToken);
        await ExecuteAsync(Analyze, cancellationToken);
        var superseded = await ExecuteAsync(RemoveSuperseded, cancellationToken);
        var written = await ExecuteAsync(Merge, [sourceId], cancellationToken);
        var removed = await ExecuteAsync(RemoveOthers, [sourceId], cancellationToken);
        return new UserRowMerge(written, removed, superseded);
    }

    public ValueTask DisposeAsync() => _copy.DisposeAsync();
}
