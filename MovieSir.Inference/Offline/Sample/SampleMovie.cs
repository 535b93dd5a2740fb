using System.Globalization;
using System.Text.Json;

namespace MovieSir.Inference.Offline.Sample;

/// <summary>What the simulator needs to know of a movie.</summary>
internal sealed record SampleMovie(
    int MovieId,
    string ImdbId,
    string Title,
    string Language,
    DateOnly ReleaseDate,
    double VoteAverage,
    int VoteCount,
    IReadOnlyList<string> Genres,
    IReadOnlyList<string> Keywords)
{
    /// <summary>Reads movies, one a line in the shape of TMDB's movie-details answer, and returns them by ascending id.</summary>
    /// <exception cref="InvalidDataException">A line is not such a movie, or an id occurs twice; the message names the line.</exception>
    public static IReadOnlyList<SampleMovie> Read(string path)
    {
        var movies = new SortedDictionary<int, SampleMovie>();
        var lineNumber = 0;
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var movie = Parse(line, path, lineNumber);
            if (!movies.TryAdd(movie.MovieId, movie))
            {
                throw new InvalidDataException($"{path}, line {lineNumber}: movie {movie.MovieId} stands on an earlier line already.");
            }
        }

        return movies.Count > 0 ? [.. movies.Values] : throw new InvalidDataException($"{path} has no movies in it.");
    }

    private static SampleMovie Parse(string line, string path, int lineNumber)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var movie = document.RootElement;
            return new SampleMovie(
                movie.GetProperty("id").GetInt32(),
                Text(movie, "imdb_id"),
                Text(movie, "title"),
                Text(movie, "original_language"),
                DateOnly.ParseExact(Text(movie, "release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                movie.GetProperty("vote_average").GetDouble(),
                movie.GetProperty("vote_count").GetInt32(),
                Names(movie.GetProperty("genres")),
                Names(movie.GetProperty("keywords").GetProperty("keywords")));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}, line {lineNumber}: not a movie to simulate ratings of: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement movie, string name) =>
        movie.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(item => Text(item, "name"))];
}
