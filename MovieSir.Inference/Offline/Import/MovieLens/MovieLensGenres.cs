using MovieSir.Inference.Offline.Import.Movies;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>
/// MovieLens' genres as TMDB's: <c>Children</c> is Family, <c>Musical</c> Music, <c>Sci-Fi</c> Science Fiction. Two have no counterpart and are
/// dropped: Film-Noir is a style, IMAX a format.
/// </summary>
internal static class MovieLensGenres
{
    public const string None = "(no genres listed)";

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase) { "Film-Noir", "IMAX" };

    /// <summary>Maps a list of the form <c>Adventure|Children|Fantasy</c>; names that are no genre are told and left out.</summary>
    public static GenreRecord[] Parse(string list, Action<string> correct)
    {
        var genres = new List<GenreRecord>();
        foreach (var name in list.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == None || Dropped.Contains(name))
            {
                continue;
            }

            if (GenreNames.Find(name) is not { } genre)
            {
                correct("a genre that neither MovieLens nor TMDB has: left out");
            }
            else if (!genres.Contains(genre))
            {
                genres.Add(genre);
            }
        }

        return [.. genres];
    }
}
