using MovieSir.Inference.Import.Reading;
using NpgsqlTypes;

namespace MovieSir.Inference.Import.MovieLens;

/// <summary>tags.csv: afterwards the source holds exactly the tags of this file.</summary>
internal sealed class TagsJob(MovieLensSet set, InputFile file) : MovieLensJob(set, file)
{
    /// <summary>What is longer is a review, and would not fit an index.</summary>
    private const int MaxTagChars = 200;

    private const int UserId = 0;
    private const int MovieId = 1;
    private const int Tag = 2;
    private const int Timestamp = 3;

    public override string Kind => "movielens-tags";

    public override string LockName => UserRows.LockName(Set.Name);

    public override async Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var links = await Set.GetLinksAsync(context.Console, cancellationToken);
        var csv = await OpenAsync(context, ["userId", "movieId", "tag", "timestamp"], cancellationToken);
        var sourceId = await UserRows.FindOrAddSourceAsync(context.Import, Set.Name, cancellationToken);
        var accepted = await StageAsync(context, csv, links, cancellationToken);
        var (written, removed, superseded) = await MergeAsync(context.Import, sourceId, cancellationToken);
        return new ImportCounts(csv.RowsRead, accepted, written, removed, UserRows.Notes(superseded, "tags that a user put on a movie before"));
    }

    private async Task<long> StageAsync(
        ImportContext context, CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, CancellationToken cancellationToken)
    {
        await context.Import.ExecuteAsync(
            "CREATE TEMPORARY TABLE staged_tags (line bigint, user_id integer, movie_id integer, tag text, tagged_at timestamptz) ON COMMIT DROP",
            cancellationToken);
        await using var copy = await context.Import.Connection.BeginBinaryImportAsync("COPY staged_tags FROM STDIN (FORMAT BINARY)", cancellationToken);
        copy.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        long accepted = 0;
        while (await csv.ReadAsync(cancellationToken))
        {
            if (Check(csv, links, out var userId, out var tmdbId, out var tag, out var taggedAt) is { } reason)
            {
                csv.Reject(reason);
            }
            else
            {
                accepted++;
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(csv.Line.Number, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(userId, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(tmdbId, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(tag!, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(taggedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            }

            context.Console.Report(FileName, csv.RowsRead, context.Content.Fraction);
        }

        await copy.CompleteAsync(cancellationToken);
        return accepted;
    }

    private static string? Check(
        CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, out int userId, out int tmdbId, out string? tag, out DateTime taggedAt)
    {
        tmdbId = 0;
        tag = null;
        taggedAt = default;
        if (!csv.TryGetInt32(UserId, out userId) || userId <= 0)
        {
            return "userId is not a positive integer";
        }

        if (!csv.TryGetInt32(MovieId, out var movieId))
        {
            return "movieId is not an integer";
        }

        tag = Text.Clean(csv.GetString(Tag));
        if (tag is null || tag.Length > MaxTagChars)
        {
            return tag is null ? "no tag" : $"a tag of more than {MaxTagChars} characters";
        }

        if (!csv.TryGetInt64(Timestamp, out var seconds) || !UserRows.TryGetTime(seconds, out taggedAt))
        {
            return "timestamp is not a time in seconds since 1970";
        }

        if (!links.TryGetValue(movieId, out var link))
        {
            return NoLink;
        }

        tmdbId = link.TmdbId;
        return null;
    }

    private static async Task<(long Written, long Removed, long Superseded)> MergeAsync(
        ImportTransaction import, short sourceId, CancellationToken cancellationToken)
    {
        await import.ExecuteAsync("CREATE INDEX ON staged_tags (user_id, movie_id)", cancellationToken);
        await import.ExecuteAsync("ANALYZE staged_tags", cancellationToken);
        var superseded = await import.ExecuteAsync(
            """
            DELETE FROM staged_tags earlier USING staged_tags later
            WHERE earlier.user_id = later.user_id AND earlier.movie_id = later.movie_id AND earlier.tag = later.tag
                AND (earlier.tagged_at, earlier.line) < (later.tagged_at, later.line)
            """,
            cancellationToken);
        var written = await import.ExecuteAsync(
            """
            INSERT INTO catalog.movie_tags AS movie_tag (source_id, user_id, movie_id, tag, tagged_at)
            SELECT $1, user_id, movie_id, tag, tagged_at FROM staged_tags
            ON CONFLICT (source_id, user_id, movie_id, tag) DO UPDATE SET tagged_at = excluded.tagged_at
            WHERE movie_tag.tagged_at IS DISTINCT FROM excluded.tagged_at
            """,
            cancellationToken, sourceId);
        var removed = await import.ExecuteAsync(
            """
            DELETE FROM catalog.movie_tags movie_tag
            WHERE movie_tag.source_id = $1 AND NOT EXISTS (
                SELECT FROM staged_tags staged
                WHERE staged.user_id = movie_tag.user_id AND staged.movie_id = movie_tag.movie_id AND staged.tag = movie_tag.tag)
            """,
            cancellationToken, sourceId);
        return (written, removed, superseded);
    }
}
