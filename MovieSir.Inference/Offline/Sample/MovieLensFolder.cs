using System.Globalization;
using System.Text;

namespace MovieSir.Inference.Offline.Sample;

/// <summary>Writes ratings as a MovieLens folder (ratings.csv, movies.csv, links.csv, tags.csv): the shape its importer reads.</summary>
internal static class MovieLensFolder
{
    /// <summary>TMDB's genre names where MovieLens has another word for the same; MovieLens has no word for history or television.</summary>
    private static readonly Dictionary<string, string> GenreNames = new(StringComparer.Ordinal)
    {
        ["Family"] = "Children",
        ["Music"] = "Musical",
        ["Science Fiction"] = "Sci-Fi",
    };

    private static readonly HashSet<string> WithoutName = new(StringComparer.Ordinal) { "History", "TV Movie" };

    /// <summary>Creates the folder where needed and replaces its four files, each at once: a reader never sees half a file.</summary>
    public static void Write(string folder, IReadOnlyList<SampleMovie> movies, IEnumerable<SimulatedRating> ratings, IEnumerable<SimulatedTag> tags)
    {
        Directory.CreateDirectory(folder);
        WriteFile(folder, "ratings.csv", "userId,movieId,rating,timestamp", ratings.Select(rating =>
            Line($"{rating.ViewerId},{rating.MovieId},{rating.Stars:0.0},{rating.UnixSeconds}")));
        WriteFile(folder, "movies.csv", "movieId,title,genres", movies.Select(movie =>
            Line($"{movie.MovieId},{Quote($"{movie.Title} ({movie.ReleaseDate.Year})")},{Genres(movie)}")));
        WriteFile(folder, "links.csv", "movieId,imdbId,tmdbId", movies.Select(movie =>
            Line($"{movie.MovieId},{movie.ImdbId.Replace("tt", "", StringComparison.Ordinal)},{movie.MovieId}")));
        WriteFile(folder, "tags.csv", "userId,movieId,tag,timestamp", tags.Select(tag =>
            Line($"{tag.ViewerId},{tag.MovieId},{Quote(tag.Tag)},{tag.UnixSeconds}")));
    }

    private static string Genres(SampleMovie movie)
    {
        var names = movie.Genres.Where(genre => !WithoutName.Contains(genre)).Select(genre => GenreNames.GetValueOrDefault(genre, genre)).ToArray();
        return names.Length > 0 ? string.Join('|', names) : "(no genres listed)";
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static void WriteFile(string folder, string name, string header, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name);
        var unfinished = path + ".tmp";
        using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            writer.WriteLine(header);
            foreach (var line in lines)
            {
                writer.WriteLine(line);
            }
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
