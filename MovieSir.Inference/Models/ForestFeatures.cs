namespace MovieSir.Inference.Models;

/// <summary>
/// What a forest may ask of a movie. A model version names the features that it was trained on, and is refused where they are others.
/// </summary>
internal static class ForestFeatures
{
    /// <summary>In the order of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetNames<Signal>(), "Sum", "Rank", "SequenceNewest", "SequenceNewestFew", "SequenceMaximum", "EmbeddingMaximum", "EmbeddingMean",
        "ReleaseYear", "YearsFromProfile", "YearsFromNearest", "YearsFromLatest", "Ratings", "PopularityOverProfile", "Minutes", "ProfileYear",
        "ProfileYearDeviation", "ProfileLatestYear", "ProfilePopularity", "ProfileLength",
    ];
}
