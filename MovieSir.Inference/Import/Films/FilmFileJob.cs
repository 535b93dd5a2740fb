using System.Globalization;
using MovieSir.Inference.Import.Reading;

namespace MovieSir.Inference.Import.Films;

/// <summary>Films as JSON lines in the shape of TMDB's movie-details answer.</summary>
internal sealed class FilmFileJob(InputFile file, bool isSample) : ImportJob
{
    public const string FilmKind = "tmdb-jsonl";
    public const string SampleKind = "sample-jsonl";

    /// <summary>All that writes films shares one lock: two at once would wait for each other's rows.</summary>
    public const string FilmsLock = "catalog.films";

    public override string Kind => isSample ? SampleKind : FilmKind;

    public override string FileName => File.Name;

    public override string LockName => FilmsLock;

    public override InputFile File { get; } = file;

    /// <summary>Looks at the first film of a file to see whether it is the sample's.</summary>
    public static async Task<FilmFileJob> CreateAsync(InputFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await file.OpenAsync(cancellationToken);
            var lines = new LineReader(content);
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                if (line.Fault == LineFault.None && FilmReader.Read(line.Span, static _ => { }).Film is { } film)
                {
                    return new FilmFileJob(file, film.Rank == FilmRank.Sample);
                }
            }
        }
        catch (ImportException)
        {
            // The file is damaged. Importing it says so, in its turn among the others.
        }

        return new FilmFileJob(file, isSample: false);
    }

    public override async Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken)
    {
        long read = 0, accepted = 0;
        var lines = new LineReader(context.Content);
        await using var staging = await FilmStaging.CreateAsync(context.Import, cancellationToken);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Bytes.Span.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            read++;
            var (film, rejection) = Read(line, context.Rejects);
            if (film is null)
            {
                context.Rejects.Reject(line.Number, rejection!, line.Span);
            }
            else
            {
                accepted++;
                await staging.AddAsync(line.Number, film, cancellationToken);
            }

            context.Console.Report(FileName, read, context.Content.Fraction);
        }

        var merge = await staging.MergeAsync(regions: null, cancellationToken);
        var removed = staging.HasRealFilms && !context.Settings.KeepSample
            ? await SampleReplacement.RemoveFilmsAsync(context.Import, cancellationToken)
            : 0;
        return new ImportCounts(read, accepted, merge.Written, removed, Notes(merge, removed));
    }

    private static (FilmRecord? Film, string? Rejection) Read(Line line, RejectLog rejects) => line.Fault switch
    {
        LineFault.TooLong => (null, $"a line of more than {LineReader.DefaultMaxLineBytes} bytes"),
        LineFault.InvalidUtf8 => (null, "not valid UTF-8"),
        _ => FilmReader.Read(line.Span, reason => rejects.Correct(line.Number, reason, line.Span)),
    };

    private static List<string> Notes(FilmMerge merge, long removed)
    {
        var notes = new List<string>();
        if (merge.Superseded > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{merge.Superseded:N0} films are given again by a later line: the last one counts."));
        }

        if (merge.KnownBetter > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{merge.KnownBetter:N0} films are in the catalogue from a better source: left as they are."));
        }

        if (removed > 0)
        {
            notes.Add(SampleReplacement.Describe(removed, "films"));
        }

        return notes;
    }
}
