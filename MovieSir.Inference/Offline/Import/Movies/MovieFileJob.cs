using System.Globalization;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>Movies as JSON lines in the shape of TMDB's movie-details answer.</summary>
internal sealed class MovieFileJob(InputFile file, bool isSample) : ImportJob
{
    public const string MovieKind = "tmdb-jsonl";
    public const string SampleKind = "sample-jsonl";

    /// <summary>All that writes movies shares one lock: two at once would wait for each other's rows.</summary>
    public const string MoviesLock = "catalog.movies";

    public override string Kind => isSample ? SampleKind : MovieKind;

    public override string FileName => File.Name;

    public override string LockName => MoviesLock;

    public override InputFile File { get; } = file;

    /// <summary>Looks at the first movie of a file to see whether it is the sample's.</summary>
    public static async Task<MovieFileJob> CreateAsync(InputFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await file.OpenAsync(cancellationToken);
            var lines = new LineReader(content);
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                if (line.Fault == LineFault.None && MovieReader.Read(line.Span, static _ => { }).Movie is { } movie)
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
        var lines = new LineReader(context.Content);
        await using var staging = await StagedMovieStore.CreateAsync(context.Import.Connection, cancellationToken);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Bytes.Span.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            read++;
            var (movie, rejection) = Read(line, context.Rejects);
            if (movie is null)
            {
                context.Rejects.Reject(line.Number, rejection!, line.Span);
            }
            else
            {
                accepted++;
                await staging.AddAsync(line.Number, movie, cancellationToken);
            }

            context.Console.Report(FileName, read, context.Content.Fraction);
        }

        var merge = await staging.MergeAsync(regions: null, cancellationToken);
        var removed = staging.HasRealMovies && !context.Settings.KeepSample
            ? await SampleReplacement.RemoveMoviesAsync(context.Import, cancellationToken)
            : 0;
        return new ImportCounts(read, accepted, merge.Written, removed, Notes(merge, removed));
    }

    private static (MovieRecord? Movie, string? Rejection) Read(Line line, RejectLog rejects) => line.Fault switch
    {
        LineFault.TooLong => (null, $"a line of more than {LineReader.DefaultMaxLineBytes} bytes"),
        LineFault.InvalidUtf8 => (null, "not valid UTF-8"),
        _ => MovieReader.Read(line.Span, reason => rejects.Correct(line.Number, reason, line.Span)),
    };

    private static List<string> Notes(MovieMerge merge, long removed)
    {
        var notes = new List<string>();
        if (merge.Superseded > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{merge.Superseded:N0} movies are given again by a later line: the last one counts."));
        }

        if (merge.KnownBetter > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{merge.KnownBetter:N0} movies are in the catalog from a better source: left as they are."));
        }

        if (removed > 0)
        {
            notes.Add(SampleReplacement.Describe(removed, "movies"));
        }

        return notes;
    }
}
