using System.Globalization;
using System.Text.Json;

namespace MovieSir.Inference.Sample;

/// <summary>What the simulator needs to know of a film.</summary>
internal sealed record SampleFilm(
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
    /// <summary>Reads films, one a line in the shape of TMDB's movie-details answer, and returns them by ascending id.</summary>
    /// <exception cref="InvalidDataException">A line is not such a film, or an id occurs twice; the message names the line.</exception>
    public static IReadOnlyList<SampleFilm> Read(string path)
    {
        var films = new SortedDictionary<int, SampleFilm>();
        var lineNumber = 0;
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var film = Parse(line, path, lineNumber);
            if (!films.TryAdd(film.MovieId, film))
            {
                throw new InvalidDataException($"{path}, line {lineNumber}: film {film.MovieId} stands on an earlier line already.");
            }
        }

        return films.Count > 0 ? [.. films.Values] : throw new InvalidDataException($"{path} has no films in it.");
    }

    private static SampleFilm Parse(string line, string path, int lineNumber)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var film = document.RootElement;
            return new SampleFilm(
                film.GetProperty("id").GetInt32(),
                Text(film, "imdb_id"),
                Text(film, "title"),
                Text(film, "original_language"),
                DateOnly.ParseExact(Text(film, "release_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                film.GetProperty("vote_average").GetDouble(),
                film.GetProperty("vote_count").GetInt32(),
                Names(film.GetProperty("genres")),
                Names(film.GetProperty("keywords").GetProperty("keywords")));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}, line {lineNumber}: not a film to simulate ratings of: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement film, string name) =>
        film.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(item => Text(item, "name"))];
}
