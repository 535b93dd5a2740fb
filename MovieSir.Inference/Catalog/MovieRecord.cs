namespace MovieSir.Inference.Catalog;

/// <summary>What is said of a movie in an answer and never computed with: kept apart from the columns that scoring reads.</summary>
internal readonly record struct MovieRecord
{
    public required string TitleEn { get; init; }

    public string? TitleKo { get; init; }

    public string? OriginalTitle { get; init; }

    public string? Overview { get; init; }

    /// <summary>What content rules read besides: the overview in the other language, and keywords.</summary>
    public string? OtherText { get; init; }

    public string? ImdbId { get; init; }

    public string? PosterPath { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    /// <summary>Shared by all movies that have the same genres.</summary>
    public required string[] Genres { get; init; }

    /// <summary>Shared by all movies that stream in the same places.</summary>
    public required string[] Otts { get; init; }

    public string Title => TitleKo ?? TitleEn;
}
