using MovieSir.Inference.Offline.Import.Movies;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Datasets;

/// <summary>Reads the movies that are ranked from a file.</summary>
internal static class MovieSources
{
    /// <summary>Movies of a file of JSON lines in the shape of TMDB's movie-details answer.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<CandidateMovie>> ReadJsonLinesAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await new InputFile(path).OpenAsync(cancellationToken);
        var records = new JsonRecordReader(content);
        var movies = new Dictionary<int, CandidateMovie>();
        while (await records.ReadAsync(cancellationToken) is { } record)
        {
            var readings = record.Fault == LineFault.None ? MovieReader.ReadAll(record.Bytes, static _ => { }) : [];
            foreach (var movie in readings.Select(reading => reading.Movie).OfType<MovieRecord>())
            {
                movies[movie.MovieId] = new CandidateMovie(movie.MovieId)
                {
                    Genres = movie.Genres?.Select(genre => genre.GenreId).ToArray() ?? [],
                    VoteAverage = movie.VoteAverage ?? 0f,
                    VoteCount = movie.VoteCount ?? 0,
                    ReleaseDate = movie.ReleaseDate,
                    RuntimeMinutes = movie.RuntimeMinutes,
                };
            }
        }

        return movies.Count > 0
            ? [.. movies.Values]
            : throw new ImportException($"{path} holds no movie: JSON lines in the shape of TMDB's movie details are expected.");
    }
}
