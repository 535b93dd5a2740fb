using MovieSir.Inference.Import.Reading;
using NpgsqlTypes;

namespace MovieSir.Inference.Import.MovieLens;

/// <summary>ratings.csv: afterwards the source holds exactly the ratings of this file.</summary>
internal sealed class RatingsJob(MovieLensSet set, InputFile file) : MovieLensJob(set, file)
{
    private const int UserId = 0;
    private const int MovieId = 1;
    private const int Value = 2;
    private const int Timestamp = 3;

    public override string Kind => "movielens-ratings";

    public override string LockName => UserRows.LockName(Set.Name);

    public override async Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var links = await Set.GetLinksAsync(context.Console, cancellationToken);
        var csv = await OpenAsync(context, ["userId", "movieId", "rating", "timestamp"], cancellationToken);
        var sourceId = await UserRows.FindOrAddSourceAsync(context.Import, Set.Name, cancellationToken);
        var accepted = await StageAsync(context, csv, links, cancellationToken);
        var (written, removed, superseded) = await MergeAsync(context.Import, sourceId, cancellationToken);

        var notes = new List<string>(UserRows.Notes(superseded, "ratings of a movie that its user rated before, or that MovieLens lists twice"));
        var sampleRemoved = IsSample || context.Settings.KeepSample ? 0 : await SampleReplacement.RemoveRatingsAsync(context.Import, cancellationToken);
        if (sampleRemoved > 0)
        {
            notes.Add(SampleReplacement.Describe(sampleRemoved, "simulated ratings"));
        }

        return new ImportCounts(csv.RowsRead, accepted, written, removed + sampleRemoved, notes);
    }

    private async Task<long> StageAsync(
        ImportContext context, CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, CancellationToken cancellationToken)
    {
        await context.Import.ExecuteAsync(
            "CREATE TEMPORARY TABLE staged_ratings (line bigint, user_id integer, movie_id integer, value real, rated_at timestamptz) ON COMMIT DROP",
            cancellationToken);
        await using var copy = await context.Import.Connection.BeginBinaryImportAsync("COPY staged_ratings FROM STDIN (FORMAT BINARY)", cancellationToken);
        copy.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        long accepted = 0;
        while (await csv.ReadAsync(cancellationToken))
        {
            if (Check(csv, links, out var userId, out var tmdbId, out var value, out var ratedAt) is { } reason)
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
                await copy.WriteAsync(value, NpgsqlDbType.Real, cancellationToken);
                await copy.WriteAsync(ratedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            }

            context.Console.Report(FileName, csv.RowsRead, context.Content.Fraction);
        }

        await copy.CompleteAsync(cancellationToken);
        return accepted;
    }

    private static string? Check(
        CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, out int userId, out int tmdbId, out float value, out DateTime ratedAt)
    {
        tmdbId = 0;
        value = 0;
        ratedAt = default;
        if (!csv.TryGetInt32(UserId, out userId) || userId <= 0)
        {
            return "userId is not a positive integer";
        }

        if (!csv.TryGetInt32(MovieId, out var movieId))
        {
            return "movieId is not an integer";
        }

        if (!csv.TryGetSingle(Value, out value) || !(value >= 0.5f && value <= 5f) || value * 2 != MathF.Floor(value * 2))
        {
            return "rating is not one of 0.5, 1, ... 5";
        }

        if (!csv.TryGetInt64(Timestamp, out var seconds) || !UserRows.TryGetTime(seconds, out ratedAt))
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
        // MovieLens lists a few movies under two ids that share a TMDB id: the later rating counts.
        await import.ExecuteAsync("CREATE INDEX ON staged_ratings (user_id, movie_id)", cancellationToken);
        await import.ExecuteAsync("ANALYZE staged_ratings", cancellationToken);
        var superseded = await import.ExecuteAsync(
            """
            DELETE FROM staged_ratings earlier USING staged_ratings later
            WHERE earlier.user_id = later.user_id AND earlier.movie_id = later.movie_id
                AND (earlier.rated_at, earlier.line) < (later.rated_at, later.line)
            """,
            cancellationToken);
        var written = await import.ExecuteAsync(
            """
            INSERT INTO catalog.ratings AS rating (source_id, user_id, movie_id, value, rated_at)
            SELECT $1, user_id, movie_id, value, rated_at FROM staged_ratings ORDER BY user_id, movie_id
            ON CONFLICT (source_id, user_id, movie_id) DO UPDATE SET value = excluded.value, rated_at = excluded.rated_at
            WHERE (rating.value, rating.rated_at) IS DISTINCT FROM (excluded.value, excluded.rated_at)
            """,
            cancellationToken, sourceId);
        var removed = await import.ExecuteAsync(
            """
            DELETE FROM catalog.ratings rating
            WHERE rating.source_id = $1 AND NOT EXISTS (
                SELECT FROM staged_ratings staged WHERE staged.user_id = rating.user_id AND staged.movie_id = rating.movie_id)
            """,
            cancellationToken, sourceId);
        return (written, removed, superseded);
    }
}
