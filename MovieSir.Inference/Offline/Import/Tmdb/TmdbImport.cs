using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Offline.Import.Movies;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>What to ask TMDB for.</summary>
internal sealed record TmdbRequest
{
    /// <summary>
    /// ISO 639-1 with ISO 3166-1, for example <c>ko-KR</c>. Titles and descriptions are kept in Korean and English whichever it is.
    /// </summary>
    public required string Language { get; init; }

    /// <summary>ISO 3166-1: whose streaming services are kept.</summary>
    public required string Region { get; init; }

    /// <summary>The movies to ask for, or null for those that TMDB has most votes of.</summary>
    public IReadOnlyList<int>? MovieIds { get; init; }

    /// <summary>Pages of 20 movies, where <see cref="MovieIds"/> is null.</summary>
    public required int MaxPages { get; init; }

    public required int MaxMovies { get; init; }

    /// <summary>Movies asked for within this many days are not asked for again.</summary>
    public required int RefreshDays { get; init; }

    public string Scope => $"{Language}/{Region}";
}

/// <summary>
/// Imports movies from TMDB's API in batches, each with the note of what was asked for in one transaction: a run that is stopped, however it is
/// stopped, is continued by the next.
/// </summary>
internal sealed class TmdbImport(
    TmdbClient tmdb, NpgsqlDataSource dataSource, ImportConsole console, IOptions<TmdbOptions> options, TimeProvider time)
{
    public const string Kind = "tmdb-api";

    // TMDB is down, or blocks us: to go on would only fill the list of rejects.
    private const int MaxFailuresInARow = 20;

    private readonly TmdbFetchStore _fetches = new(dataSource);
    private int _failuresInARow;

    /// <summary>Imports until all that is asked for is in the catalog.</summary>
    /// <returns>True where every movie was answered, if only by "no such movie".</returns>
    /// <exception cref="ImportException">TMDB refuses the key, or fails for good. What was imported before is kept.</exception>
    public async Task<bool> RunAsync(TmdbRequest request, ImportSettings settings, CancellationToken cancellationToken)
    {
        await using var rejects = new RejectLog(settings.RejectsFolder, $"tmdb-{request.Language}-{request.Region}", time);
        var started = time.GetTimestamp();
        var totals = new Totals();
        try
        {
            await foreach (var batch in BatchesAsync(request, cancellationToken))
            {
                var wanted = settings.Force ? batch : await WithoutRecentAsync(batch, request, cancellationToken);
                totals.Recent += batch.Length - wanted.Length;
                if (wanted.Length > 0)
                {
                    await ImportBatchAsync(wanted, request, settings, rejects, totals, cancellationToken);
                    var rate = totals.Asked / Math.Max(time.GetElapsedTime(started).TotalSeconds, 1e-3);
                    console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                $"  {totals.Asked:N0} movies asked for, {totals.Written:N0} new or changed, {rate:N0} movies/s"));
                }
            }

            if (totals.CanReplaceSample && !settings.KeepSample)
            {
                await RemoveSampleAsync(request, cancellationToken);
            }
        }
        finally
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"TMDB {request.Scope}: {totals.Asked:N0} movies asked for, {totals.Written:N0} new or changed, {totals.Recent:N0} asked for in the "
            + $"last {request.RefreshDays} days and left, {totals.Failed:N0} failed."));
            foreach (var note in MovieNotes.OfTmdb(totals.WithoutMinutes, totals.SharingImdbId))
            {
                console.WriteLine($"  {note}");
            }

            rejects.WriteTo(console);
        }

        return totals.Failed == 0;
    }

    private async IAsyncEnumerable<int[]> BatchesAsync(TmdbRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.MovieIds is { } movieIds)
        {
            foreach (var batch in movieIds.Distinct().Take(request.MaxMovies).Chunk(options.Value.BatchSize))
            {
                yield return batch;
            }

            yield break;
        }

        // The order of TMDB's list moves while it is read: a movie may come twice, and is asked for once.
        var seen = new HashSet<int>();
        var batched = new List<int>();
        var pages = 1;
        for (var page = 1; page <= Math.Min(request.MaxPages, pages) && seen.Count < request.MaxMovies; page++)
        {
            IReadOnlyList<int> found;
            try
            {
                (found, pages) = await tmdb.DiscoverAsync(page, request.Language, request.Region, cancellationToken);
            }
            catch (TmdbUnavailableException exception)
            {
                throw new ImportException(
                    $"TMDB's list of movies breaks off at page {page}: {exception.Message}. Run the same command again: it goes on from here.",
                    exception);
            }

            batched.AddRange(found.Where(id => seen.Count < request.MaxMovies && seen.Add(id)));
            while (batched.Count >= options.Value.BatchSize)
            {
                yield return [.. batched[..options.Value.BatchSize]];
                batched.RemoveRange(0, options.Value.BatchSize);
            }
        }

        if (batched.Count > 0)
        {
            yield return [.. batched];
        }
    }

    private async Task<int[]> WithoutRecentAsync(int[] movieIds, TmdbRequest request, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().AddDays(-request.RefreshDays);
        var recent = await _fetches.FindSinceAsync(movieIds, request.Scope, since, cancellationToken);
        return [.. movieIds.Where(id => !recent.Contains(id))];
    }

    private async Task ImportBatchAsync(
        int[] movieIds, TmdbRequest request, ImportSettings settings, RejectLog rejects, Totals totals, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var answers = await FetchAsync(movieIds, request, cancellationToken);

        await using var import = await ImportTransaction.BeginAsync(dataSource, MovieFileJob.MoviesLock, console, cancellationToken);
        var rejectedBefore = rejects.Rejected;
        var found = 0;
        await using var staging = await StagedMovieStore.CreateAsync(import.Connection, cancellationToken);
        foreach (var (movieId, answer) in movieIds.Zip(answers))
        {
            var (movie, rejection) = Read(movieId, answer, reason => rejects.Correct(movieId, reason, []));
            if (movie is null)
            {
                rejects.Reject(movieId, rejection!, []);
            }
            else
            {
                found++;
                await staging.AddAsync(movieId, movie, cancellationToken);
            }
        }

        var merge = await staging.MergeAsync([request.Region], replacesSample: !settings.KeepSample, cancellationToken);
        var answered = movieIds.Zip(answers).Where(pair => pair.Second.Failure is null).ToArray();
        await TmdbFetchStore.WriteAsync(
            import.Connection, request.Scope, startedAt, [.. answered.Select(pair => (pair.First, pair.Second.Json is not null))], cancellationToken);
        var counts = new ImportCounts(movieIds.Length, found, merge.Written, 0, []) { NamesChanged = merge.NamesChanged };
        await import.CommitAsync(Kind, request.Scope, sha256: null, startedAt, counts, rejects.Rejected - rejectedBefore, cancellationToken);

        totals.Asked += movieIds.Length;
        totals.CanReplaceSample |= staging.CanReplaceSample;
        totals.Written += merge.Written;
        totals.WithoutMinutes += merge.WithoutMinutes;
        totals.SharingImdbId += merge.SharingImdbId;
        totals.Failed += answers.Count(answer => answer.Failure is not null);
    }

    private async Task<Answer[]> FetchAsync(int[] movieIds, TmdbRequest request, CancellationToken cancellationToken)
    {
        var answers = new Answer[movieIds.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxParallelRequests, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, movieIds.Length, parallel, async (index, token) =>
        {
            try
            {
                answers[index] = new Answer(await tmdb.GetMovieAsync(movieIds[index], request.Language, token), null);
                Interlocked.Exchange(ref _failuresInARow, 0);
            }
            catch (TmdbUnavailableException exception)
            {
                answers[index] = new Answer(null, exception.Message);
                if (Interlocked.Increment(ref _failuresInARow) >= MaxFailuresInARow)
                {
                    throw new ImportException(
                        $"{MaxFailuresInARow} movies in a row failed, the last because {exception.Message}. "
                        + "Run the same command again later: it goes on from here.",
                        exception);
                }
            }
        });
        return answers;
    }

    private static MovieReading Read(int movieId, Answer answer, Action<string> correct)
    {
        if (answer.Json is null)
        {
            return new(null, answer.Failure ?? "TMDB has no such movie");
        }

        var reading = MovieReader.Read(answer.Json, correct);
        return reading.Movie is { } movie && movie.MovieId != movieId ? new(null, "TMDB answered with another movie") : reading;
    }

    private async Task RemoveSampleAsync(TmdbRequest request, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        await using var import = await ImportTransaction.BeginAsync(dataSource, MovieFileJob.MoviesLock, console, cancellationToken);
        var removed = await SampleReplacement.RemoveMoviesAsync(import, cancellationToken);
        if (removed > 0)
        {
            await import.CommitAsync(Kind, request.Scope, sha256: null, startedAt, new ImportCounts(0, 0, 0, removed, []), 0, cancellationToken);
            console.WriteLine(SampleReplacement.Describe(removed, "movies"));
        }
    }

    /// <summary>What TMDB said of one movie: JSON, or neither (no such movie), or why there is no answer.</summary>
    private readonly record struct Answer(byte[]? Json, string? Failure);

    private sealed class Totals
    {
        public long Asked { get; set; }
        public bool CanReplaceSample { get; set; }
        public long Written { get; set; }
        public long WithoutMinutes { get; set; }
        public long SharingImdbId { get; set; }
        public long Recent { get; set; }
        public long Failed { get; set; }
    }
}
