namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>How well a source knows a movie. A movie is never replaced by what a lesser source says of it.</summary>
internal enum MovieRank : short
{
    /// <summary>Title, year and genres, from a ratings source.</summary>
    Stub = 0,

    /// <summary>From the sample catalog.</summary>
    Sample = 1,

    /// <summary>From TMDB.</summary>
    Movie = 2,
}

/// <summary>A movie as a source gives it, checked. Null means that the source does not say: what is known already stays.</summary>
internal sealed record MovieRecord(int MovieId, string Title, MovieRank Rank)
{
    /// <summary>
    /// Whether <see cref="Title"/> is not the movie's English title but another that stands in for it: it fills a blank and replaces nothing.
    /// </summary>
    public bool TitleStandsIn { get; init; }

    public string? ImdbId { get; init; }
    public string? OriginalTitle { get; init; }
    public string? TitleKo { get; init; }
    public string? Overview { get; init; }
    public string? OverviewKo { get; init; }
    public string? OriginalLanguage { get; init; }
    public DateOnly? ReleaseDate { get; init; }
    public short? RuntimeMinutes { get; init; }
    public float? VoteAverage { get; init; }
    public int? VoteCount { get; init; }
    public float? Popularity { get; init; }
    public bool? Adult { get; init; }
    public string? PosterPath { get; init; }
    public string[]? Keywords { get; init; }
    public IReadOnlyList<GenreRecord>? Genres { get; init; }
    public IReadOnlyList<AvailabilityRecord>? Availability { get; init; }
}

/// <param name="GenreId">TMDB's id.</param>
/// <param name="Name">Null where the source gives the id alone: it counts where the catalog knows it.</param>
internal readonly record struct GenreRecord(int GenreId, string? Name);

internal readonly record struct AvailabilityRecord(int ProviderId, string ProviderName, string Region, string Terms);
