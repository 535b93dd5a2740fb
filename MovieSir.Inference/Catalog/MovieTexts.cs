namespace MovieSir.Inference.Catalog;

/// <summary>What is written of a movie, for those who look for it.</summary>
internal static class MovieTexts
{
    /// <summary>Texts of fewer letters say no more of a movie than its title does.</summary>
    private const int DescriptionLetters = 20;

    /// <summary>The overview that is not answered, and the keywords.</summary>
    public static string? Other(MovieFacts movie) => (movie.OverviewKo is null ? null : movie.Overview, movie.Keywords) switch
    {
        (null, var keywords) => keywords,
        (var overview, null) => overview,
        var (overview, keywords) => $"{overview} {keywords}",
    };

    /// <summary>Whether texts together tell of a movie.</summary>
    public static bool IsDescription(params ReadOnlySpan<string?> texts)
    {
        var letters = 0;
        foreach (var text in texts)
        {
            letters += text?.Count(char.IsLetterOrDigit) ?? 0;
        }

        return letters >= DescriptionLetters;
    }

    /// <param name="movies">By row.</param>
    /// <param name="genreMasks">By row.</param>
    /// <param name="genres">What the bits of a mask mean.</param>
    public static WordIndex Index(IReadOnlyList<MovieFacts> movies, ulong[] genreMasks, NameIndex genres)
    {
        var words = new WordIndex.Builder();
        var namesOf = new Dictionary<ulong, string?[]>();
        for (var row = 0; row < movies.Count; row++)
        {
            var (movie, mask) = (movies[row], genreMasks[row]);
            if (!namesOf.TryGetValue(mask, out var names))
            {
                var of = genres.Entries.Where((_, ordinal) => (mask >> ordinal & 1) != 0);
                names = [.. of.SelectMany(genre => new[] { genre.NameEn, genre.NameKo })];
                namesOf.Add(mask, names);
            }

            words.Add(new MovieWords([movie.TitleEn, movie.TitleKo, movie.OriginalTitle], [movie.Overview, movie.OverviewKo], movie.Keywords, names));
        }

        return words.Build();
    }
}
