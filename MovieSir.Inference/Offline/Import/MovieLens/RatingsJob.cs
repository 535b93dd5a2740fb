using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.MovieLens;

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
        var sourceId = await new RatingSourceStore(context.Import.Connection).FindOrAddAsync(Set.Name, cancellationToken);
        await using var staged = await StagedRatingStore.CreateAsync(context.Import.Connection, cancellationToken);
        var accepted = await StageAsync(context, csv, links, staged, cancellationToken);
        var (written, removed, superseded) = await staged.MergeAsync(sourceId, cancellationToken);

        var notes = new List<string>(UserRows.Notes(superseded, "ratings of a movie that its user rated before, or that MovieLens lists twice"));
        var sampleRemoved = IsSample || context.Settings.KeepSample
            ? 0
            : await SampleReplacement.RemoveRatingsAsync(context.Import, cancellationToken);
        if (sampleRemoved > 0)
        {
            notes.Add(SampleReplacement.Describe(sampleRemoved, "simulated ratings"));
        }

        return new ImportCounts(csv.RowsRead, accepted, written, removed + sampleRemoved, notes);
    }

    private async Task<long> StageAsync(
        ImportContext context,
        CsvFile csv,
        IReadOnlyDictionary<int, MovieLensLink> links,
        StagedRatingStore staged,
        CancellationToken cancellationToken)
    {
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
                await staged.AddAsync(csv.Line.Number, userId, tmdbId, value, ratedAt, cancellationToken);
            }

            context.Console.Report(FileName, csv.RowsRead, context.Content.Fraction);
        }

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
}
