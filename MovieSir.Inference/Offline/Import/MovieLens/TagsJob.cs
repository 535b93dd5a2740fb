using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.MovieLens;

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
        var sourceId = await new RatingSourceStore(context.Import.Connection).FindOrAddAsync(Set.Name, cancellationToken);
        await using var staged = await StagedTagStore.CreateAsync(context.Import.Connection, cancellationToken);
        var accepted = await StageAsync(context, csv, links, staged, cancellationToken);
        var (written, removed, superseded) = await staged.MergeAsync(sourceId, cancellationToken);
        return new ImportCounts(csv.RowsRead, accepted, written, removed, UserRows.Notes(superseded, "tags that a user put on a movie before"));
    }

    private async Task<long> StageAsync(
        ImportContext context, CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, StagedTagStore staged, CancellationToken cancellationToken)
    {
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
                await staged.AddAsync(csv.Line.Number, userId, tmdbId, tag!, taggedAt, cancellationToken);
            }

            context.Console.Report(FileName, csv.RowsRead, context.Content.Fraction);
        }

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
}
