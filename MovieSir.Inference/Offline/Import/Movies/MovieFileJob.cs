using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>Movies as JSON in the shape of TMDB's movie-details answer: one a line, one document, or an array.</summary>
internal sealed class MovieFileJob(InputFile file, bool isSample) : ImportJob
{
    public const string MovieKind = "tmdb-jsonl";

    /// <summary>All that writes movies shares one lock: two at once would wait for each other's rows.</summary>
    public const string MoviesLock = "catalog.movies";

    public override string Kind => isSample ? SampleReplacement.MovieKind : MovieKind;

    public override string FileName => File.Name;

    public override string LockName => MoviesLock;

    public override InputFile File { get; } = file;

    /// <summary>Looks at the first movie of a file to see whether it is the sample's.</summary>
    public static async Task<MovieFileJob> CreateAsync(InputFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await file.OpenAsync(cancellationToken);
            var records = new JsonRecordReader(content);
            while (await records.ReadAsync(cancellationToken) is { } record)
            {
                var readings = record.Fault == LineFault.None ? MovieReader.ReadAll(record.Bytes, static _ => { }) : [];
                if (readings.FirstOrDefault(reading => reading.Movie is not null).Movie is { } movie)
                {
                    return new MovieFileJob(file, movie.Rank == MovieRank.Sample);
                }
            }
        }
        catch (ImportException)
        {
            // The file is damaged. Importing it says so, in its turn among the others.
        }

        return new MovieFileJob(file, isSample: false);
    }

    public override async Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken)
    {
        long read = 0, accepted = 0;
        var records = new JsonRecordReader(context.Content);
        await using var staging = await StagedMovieStore.CreateAsync(context.Import.Connection, cancellationToken);
        while (await records.ReadAsync(cancellationToken) is { } record)
        {
            foreach (var (movie, rejection) in Read(record, records.IsDocument, context.Rejects))
            {
                read++;
                if (movie is null)
                {
                    context.Rejects.Reject(record.Number, rejection!, record.Span);
                }
                else
                {
                    accepted++;
                    await staging.AddAsync(read, movie, cancellationToken);
                }

                context.Console.Report(FileName, read, context.Content.Fraction);
            }
        }

        var replacesSample = staging.CanReplaceSample && !context.Settings.KeepSample;
        var merge = await staging.MergeAsync(regions: null, replacesSample, cancellationToken);
        var removed = replacesSample ? await SampleReplacement.RemoveMoviesAsync(context.Import, cancellationToken) : 0;
        var notes = MovieNotes.Of(merge);
        if (removed > 0)
        {
            notes = [.. notes, SampleReplacement.Describe(removed, "movies")];
        }

        return new ImportCounts(read, accepted, merge.Written, removed, notes) { NamesChanged = merge.NamesChanged };
    }

    private static IReadOnlyList<MovieReading> Read(Line record, bool isDocument, RejectLog rejects) => record.Fault switch
    {
        LineFault.TooLong when isDocument =>
            [new(null, $"an object of more than {LineReader.DefaultMaxLineBytes} bytes: one object a movie is expected")],
        LineFault.TooLong => [new(null, $"a line of more than {LineReader.DefaultMaxLineBytes} bytes")],
        LineFault.InvalidUtf8 => [new(null, "not valid UTF-8")],
        _ => MovieReader.ReadAll(record.Bytes, reason => rejects.Correct(record.Number, reason, record.Span)),
    };
}
