using MovieSir.Inference.Offline.Import.Movies;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>
/// MovieLens' genres as TMDB's. Two have no counterpart and are dropped: Film-Noir is a style, IMAX a format. TMDB's History, TV Movie have no word in
/// MovieLens.
/// </summary>
internal static class MovieLensGenres
{
    public const string None = "(no genres listed)";

    private static readonly Dictionary<string, GenreRecord?> Genres = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Action"] = new(28, "Action"),
        ["Adventure"] = new(12, "Adventure"),
        ["Animation"] = new(16, "Animation"),
        ["Children"] = new(10751, "Family"),
        ["Children's"] = new(10751, "Family"),
        ["Comedy"] = new(35, "Comedy"),
        ["Crime"] = new(80, "Crime"),
        ["Documentary"] = new(99, "Documentary"),
        ["Drama"] = new(18, "Drama"),
        ["Fantasy"] = new(14, "Fantasy"),
        ["Film-Noir"] = null,
        ["Horror"] = new(27, "Horror"),
        ["IMAX"] = null,
        ["Musical"] = new(10402, "Music"),
        ["Mystery"] = new(9648, "Mystery"),
        ["Romance"] = new(10749, "Romance"),
        ["Sci-Fi"] = new(878, "Science Fiction"),
        ["Thriller"] = new(53, "Thriller"),
        ["War"] = new(10752, "War"),
        ["Western"] = new(37, "Western"),
    };

    /// <summary>Maps a list of the form <c>Adventure|Children|Fantasy</c>; names that MovieLens does not use are told and left out.</summary>
    public static GenreRecord[] Parse(string list, Action<string> correct)
    {
        var genres = new List<GenreRecord>();
        foreach (var name in list.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == None)
            {
                continue;
            }

            if (!Genres.TryGetValue(name, out var genre))
            {
                correct("a genre that MovieLens does not have: left out");
            }
            else if (genre is { } known && !genres.Contains(known))
            {
                genres.Add(known);
            }
        }

        return [.. genres];
    }
}
