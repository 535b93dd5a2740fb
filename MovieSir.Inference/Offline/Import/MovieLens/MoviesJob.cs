using MovieSir.Inference.Offline.Import.Movies;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>movies.csv: movies that no movie source has given yet become stubs of title, year (as its first of January) and genres.</summary>
internal sealed class MoviesJob(MovieLensSet set, InputFile file) : MovieLensJob(set, file)
{
    private const int MaxTitleChars = 500;

    public override string Kind => "movielens-movies";

    public override string LockName => MovieFileJob.MoviesLock;

    public override async Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var links = await Set.GetLinksAsync(context.Console, cancellationToken);
        var csv = await OpenAsync(context, ["movieId", "title", "genres"], cancellationToken);
        long accepted = 0;
        await using var staging = await StagedMovieStore.CreateAsync(context.Import.Connection, cancellationToken);
        while (await csv.ReadAsync(cancellationToken))
        {
            var (movie, rejection) = Read(csv, links, reason => context.Rejects.Correct(csv.Line.Number, reason, csv.Line.Span));
            if (movie is null)
            {
                csv.Reject(rejection!);
            }
            else
            {
                accepted++;
                await staging.AddAsync(csv.Line.Number, movie, cancellationToken);
            }

            context.Console.Report(FileName, csv.RowsRead, context.Content.Fraction);
        }

        var merge = await staging.MergeAsync(regions: null, replacesSample: false, cancellationToken);
        return new ImportCounts(csv.RowsRead, accepted, merge.Written, 0, MovieNotes.Of(merge)) { NamesChanged = merge.NamesChanged };
    }

    private static (MovieRecord? Movie, string? Rejection) Read(CsvFile csv, IReadOnlyDictionary<int, MovieLensLink> links, Action<string> correct)
    {
        if (!csv.TryGetInt32(0, out var movieId))
        {
            return (null, "movieId is not an integer");
        }

        if (!links.TryGetValue(movieId, out var link))
        {
            return (null, NoLink);
        }

        var (parsed, year) = MovieLensTitle.Parse(csv.GetString(1));
        return Text.Clean(parsed) is { Length: <= MaxTitleChars } title
            ? (new MovieRecord(link.TmdbId, title, MovieRank.Stub)
            {
                ImdbId = link.ImdbId,
                ReleaseDate = year is { } known ? new DateOnly(known, 1, 1) : null,
                Genres = MovieLensGenres.Parse(csv.GetString(2), correct),
            }, null)
            : (null, $"no title, or one of more than {MaxTitleChars} characters");
    }
}
