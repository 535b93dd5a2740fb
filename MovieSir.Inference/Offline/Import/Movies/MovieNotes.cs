using System.Globalization;
using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>What a person should know of the movies that an import brought, beside their number.</summary>
internal static class MovieNotes
{
    private const string WithoutMinutes = "have no running time: they can be found, and never recommended.";
    private const string SharingImdbId = "share their IMDb id with another movie.";

    /// <summary>Of a file.</summary>
    public static IReadOnlyList<string> Of(MovieMerge merge) => Told(
        (merge.Superseded,
            "are given again by a later line: the last one counts, and what it does not say is taken from the one before."),
        (merge.KnownBetter, "are in the catalog from a better source: left as they are."),
        (merge.PoorerThanSample,
            "are known to the sample catalog with more facts: left as they are. A running time, a date, genres and an overview take its place."),
        (merge.WithoutMinutes, $"{WithoutMinutes} `import tmdb --stubs` asks TMDB for it."),
        (merge.SharingImdbId, SharingImdbId),
        (merge.Genres.Unknown, "name a genre by an id alone that the catalog does not know: that genre is left out."),
        (merge.Genres.BeyondLimit,
            $"name a genre for which there is no room, as a catalog holds {SnapshotBuilder.MaximumGenres}: that genre is left out."));

    /// <summary>Of TMDB's own answers.</summary>
    public static IReadOnlyList<string> OfTmdb(long withoutMinutes, long sharingImdbId) =>
        Told((withoutMinutes, $"{WithoutMinutes} TMDB does not know it."), (sharingImdbId, SharingImdbId));

    private static IReadOnlyList<string> Told(params IEnumerable<(long Movies, string What)> notes) =>
    [
        .. notes.Where(note => note.Movies > 0)
            .Select(note => string.Create(CultureInfo.InvariantCulture, $"{note.Movies:N0} movies {note.What}")),
    ];
}
