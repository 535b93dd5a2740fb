using MovieSir.Data.Catalog;
using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>TMDB's genres by the names that people and MovieLens give them, in English or Korean, in any case and width.</summary>
internal static class GenreNames
{
    private static readonly NameIndex Index = new(
        [.. KnownGenres.All.Select(known => new NamedEntry(known.GenreId, known.NameEn, known.NameKo))], NameAliases.Genres);

    /// <summary>The genre of this name, or null where TMDB has none.</summary>
    public static GenreRecord? Find(string name) =>
        Index.Find(name) is [var ordinal, ..] ? new GenreRecord(Index.Entries[ordinal].Id, Index.Entries[ordinal].NameEn) : null;

    /// <summary>The name of a genre of TMDB's, or null.</summary>
    public static string? NameOf(int genreId) => Index.Entries.FirstOrDefault(genre => genre.Id == genreId)?.NameEn;
}
