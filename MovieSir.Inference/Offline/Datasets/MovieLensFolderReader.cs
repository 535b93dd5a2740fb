using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.MovieLens;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>
/// Reads a MovieLens folder as published, without a database. Movies without a TMDB id and lines that cannot be read are left out and counted.
/// </summary>
internal sealed class MovieLensFolderReader(string folder, ImportConsole console)
{
    private readonly MovieLensSet _set = new(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
        new InputFile(Path.Combine(folder, "links.csv")));
    private long _faulty;

    /// <param name="builder">Receives every rating.</param>
    /// <param name="source">Number under which the users are kept apart from those of other folders.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="ImportException">A file does not have the columns it should.</exception>
    public async Task AddRatingsAsync(RatingSetBuilder builder, int source, CancellationToken cancellationToken)
    {
        var links = await _set.GetLinksAsync(console, cancellationToken);
        await using var content = await OpenAsync("ratings.csv", cancellationToken);
        var csv = await ReadHeaderAsync(content, "ratings.csv", ["userId", "movieId", "rating", "timestamp"], cancellationToken);
        while (await csv.ReadAsync(cancellationToken))
        {
            if (!csv.TryGetInt32(0, out var userId) || !csv.TryGetInt32(1, out var movieId) || !csv.TryGetSingle(2, out var value)
                || !csv.TryGetInt64(3, out var time))
            {
                _faulty++;
            }
            else if (links.TryGetValue(movieId, out var link))
            {
                builder.Add(new UserKey(source, userId), link.TmdbId, value, time);
            }
        }

        if (_faulty > 0)
        {
            console.WriteLine($"{_set.Name}/ratings.csv: {_faulty} lines cannot be read and are left out.");
        }
    }

    /// <summary>The movies of movies.csv with their genres.</summary>
    /// <exception cref="ImportException">A file does not have the columns it should.</exception>
    public async Task<IReadOnlyList<CandidateMovie>> ReadMoviesAsync(CancellationToken cancellationToken)
    {
        var links = await _set.GetLinksAsync(console, cancellationToken);
        await using var content = await OpenAsync("movies.csv", cancellationToken);
        var csv = await ReadHeaderAsync(content, "movies.csv", ["movieId", "genres"], cancellationToken);
        var movies = new Dictionary<int, CandidateMovie>();
        while (await csv.ReadAsync(cancellationToken))
        {
            if (csv.TryGetInt32(0, out var movieId) && links.TryGetValue(movieId, out var link))
            {
                var genres = MovieLensGenres.Parse(csv.GetString(1), static _ => { });
                movies[link.TmdbId] = new CandidateMovie(link.TmdbId) { Genres = Array.ConvertAll(genres, genre => genre.GenreId) };
            }
        }

        return [.. movies.Values];
    }

    private Task<ContentStream> OpenAsync(string name, CancellationToken cancellationToken) =>
        new InputFile(Path.Combine(folder, name)).OpenAsync(cancellationToken);

    private Task<CsvFile> ReadHeaderAsync(Stream content, string name, string[] columns, CancellationToken cancellationToken) =>
        CsvFile.OpenAsync(content, $"{_set.Name}/{name}", columns, (_, _, _) => _faulty++, cancellationToken);
}
