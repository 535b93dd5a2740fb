namespace MovieSir.Inference.Offline.Sample;

/// <summary>The periods whose liking the simulator tells apart.</summary>
internal enum Era
{
    Before1980,
    Before2000,
    Before2010,
    Since2010,
}

/// <summary>The languages whose liking the simulator tells apart.</summary>
internal enum LanguageGroup
{
    Korean,
    English,
    Other,
}

/// <summary>
/// A community of taste that viewers are drawn around. <paramref name="Share"/> is its part of the audience (relative);
/// genres, eras and languages that it does not name count 0, and a liking of 1 is about one standard deviation.
/// </summary>
internal sealed record ViewerArchetype(
    string Name,
    double Share,
    IReadOnlyDictionary<string, double> Genres,
    IReadOnlyDictionary<Era, double> Eras,
    IReadOnlyDictionary<LanguageGroup, double> Languages)
{
    /// <summary>The simulated audience. The communities are made up; they are of the kind that any movie service knows.</summary>
    public static readonly IReadOnlyList<ViewerArchetype> All =
    [
        new("thriller", 0.16,
            new Dictionary<string, double>
            {
                ["Thriller"] = 1.2, ["Crime"] = 1.1, ["Mystery"] = 0.9, ["Romance"] = -0.7, ["Family"] = -1.0 },
                new Dictionary<Era, double> { [Era.Since2010] = 0.3, [Era.Before1980] = -0.5,
            },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = 0.6 }),
        new("blockbuster", 0.16,
            new Dictionary<string, double>
            {
                ["Action"] = 1.2, ["Adventure"] = 0.9, ["Science Fiction"] = 1.0, ["Documentary"] = -1.0,
                ["Romance"] = -0.5,
            },
            new Dictionary<Era, double> { [Era.Since2010] = 0.4, [Era.Before1980] = -0.8 },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.English] = 0.5, [LanguageGroup.Other] = -0.5 }),
        new("romance", 0.14,
            new Dictionary<string, double>
            {
                ["Romance"] = 1.4, ["Comedy"] = 0.5, ["Music"] = 0.6, ["Horror"] = -1.2, ["War"] = -0.6,
                ["Crime"] = -0.5,
            },
            new Dictionary<Era, double> { [Era.Before2010] = 0.3 },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = 0.4 }),
        new("family", 0.12,
            new Dictionary<string, double>
            {
                ["Animation"] = 1.4, ["Family"] = 1.3, ["Fantasy"] = 0.7, ["Horror"] = -1.3, ["Crime"] = -0.8,
                ["Thriller"] = -0.7,
            },
            new Dictionary<Era, double> { [Era.Before1980] = -0.3 },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = -0.2 }),
        new("arthouse", 0.10,
            new Dictionary<string, double>
            {
                ["Drama"] = 0.9, ["Action"] = -0.7, ["Adventure"] = -0.5, ["Mystery"] = 0.3 },
                new Dictionary<Era, double> { [Era.Since2010] = 0.1,
            },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Other] = 0.8, [LanguageGroup.Korean] = 0.4, [LanguageGroup.English] = -0.6 }),
        new("horror", 0.08,
            new Dictionary<string, double> { ["Horror"] = 1.7, ["Mystery"] = 0.8, ["Thriller"] = 0.6, ["Family"] = -1.0, ["Romance"] = -0.8 },
            new Dictionary<Era, double>(),
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = 0.2 }),
        new("history and war", 0.08,
            new Dictionary<string, double>
            {
                ["History"] = 1.4, ["War"] = 1.3, ["Drama"] = 0.3, ["Fantasy"] = -0.7, ["Animation"] = -0.6 },
                new Dictionary<Era, double> { [Era.Since2010] = 0.2,
            },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = 0.5 }),
        new("comedy", 0.08,
            new Dictionary<string, double>
            {
                ["Comedy"] = 1.4, ["Crime"] = 0.2, ["Family"] = 0.4, ["War"] = -0.8, ["Horror"] = -0.8 },
                new Dictionary<Era, double> { [Era.Before1980] = -0.3,
            },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Korean] = 0.5 }),
        new("classics", 0.05,
            new Dictionary<string, double>
            {
                ["Drama"] = 0.5, ["Western"] = 0.9, ["Romance"] = 0.3, ["Science Fiction"] = -0.4 },
                new Dictionary<Era, double> { [Era.Before1980] = 1.7, [Era.Since2010] = -0.8,
            },
            new Dictionary<LanguageGroup, double> { [LanguageGroup.Other] = 0.3 }),
        new("music and documentary", 0.03,
            new Dictionary<string, double> { ["Documentary"] = 1.8, ["Music"] = 1.3, ["Action"] = -0.7, ["Horror"] = -0.7 },
            new Dictionary<Era, double>(),
            new Dictionary<LanguageGroup, double>()),
    ];
}
