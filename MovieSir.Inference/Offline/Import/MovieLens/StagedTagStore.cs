using MovieSir.Data.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>Takes the tags of a file by binary COPY into a temporary table, and merges them into <c>catalog.movie_tags</c> in one go.</summary>
internal sealed class StagedTagStore : ImportStore, IAsyncDisposable
{
    private static readonly SqlStatement CreateTable = new(
        "CREATE TEMPORARY TABLE staged_tags (line bigint, user_id integer, movie_id integer, tag text, tagged_at timestamptz) ON COMMIT DROP");

    private static readonly SqlStatement Copy = new("COPY staged_tags FROM STDIN (FORMAT binary)") { Requires = [CreateTable] };

    private static readonly SqlStatement CreateIndex = new("CREATE INDEX ON staged_tags (user_id, movie_id)") { Requires = [CreateTable] };

    private static readonly SqlStatement Analyze = new("ANALYZE staged_tags") { Requires = [CreateTable] };

    private static readonly SqlStatement RemoveSuperseded = new("""
        DELETE FROM staged_tags earlier USING staged_tags later
        WHERE earlier.user_id = later.user_id AND earlier.movie_id = later.movie_id AND earlier.tag = later.tag
            AND (earlier.tagged_at, earlier.line) < (later.tagged_at, later.line)
        """) { Requires = [CreateTable] };

    private static readonly SqlStatement Merge = new(
        """
        INSERT INTO catalog.movie_tags AS movie_tag (source_id, user_id, movie_id, tag, tagged_at)
        SELECT $1, user_id, movie_id, tag, tagged_at FROM staged_tags
        ON CONFLICT (source_id, user_id, movie_id, tag) DO UPDATE SET tagged_at = excluded.tagged_at
        WHERE movie_tag.tagged_at IS DISTINCT FROM excluded.tagged_at
        """,
        "smallint")
    { Requires = [CreateTable] };

    private static readonly SqlStatement RemoveOthers = new(
        """
        DELETE FROM catalog.movie_tags movie_tag
        WHERE movie_tag.source_id = $1 AND NOT EXISTS (
            SELECT FROM staged_tags staged
            WHERE staged.user_id = movie_tag.user_id AND staged.movie_id = movie_tag.movie_id AND staged.tag = movie_tag.tag)
        """,
        "smallint")
    { Requires = [CreateTable] };

    private readonly NpgsqlBinaryImporter _copy;

    private StagedTagStore(NpgsqlConnection connection, NpgsqlBinaryImporter copy)
        : base(connection) => _copy = copy;

    public static async Task<StagedTagStore> CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, CreateTable, [], cancellationToken);
        return new StagedTagStore(connection, await CopyAsync(connection, Copy, cancellationToken));
    }

    /// <summary>Adds a tag; <paramref name="line"/> decides between two of the same time.</summary>
    public async ValueTask AddAsync(long line, int userId, int movieId, string tag, DateTime taggedAt, CancellationToken cancellationToken)
    {
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(userId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync(movieId, NpgsqlDbType.Integer, cancellationToken);
        await _copy.WriteAsync(tag, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteAsync(taggedAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }

    /// <summary>Afterwards the source has exactly the tags that were added.</summary>
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
