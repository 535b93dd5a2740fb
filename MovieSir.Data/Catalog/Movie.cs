namespace MovieSir.Data.Catalog;

/// <summary>A movie, keyed by its TMDB id. Facts only; what is computed from it (embeddings, factors) stands in tables of its own.</summary>
public sealed class Movie
{
    /// <summary>TMDB id.</summary>
    public int MovieId { get; set; }

    /// <summary>IMDb id in the form <c>tt0114709</c>.</summary>
    public string? ImdbId { get; set; }

    public required string Title { get; set; }

    public string? OriginalTitle { get; set; }

    /// <summary>Title in Korea, where there is one.</summary>
    public string? TitleKo { get; set; }

    public string? Overview { get; set; }

    public string? OverviewKo { get; set; }

    /// <summary>ISO 639-1.</summary>
    public string? OriginalLanguage { get; set; }

    public DateOnly? ReleaseDate { get; set; }

    /// <summary>Running time in minutes; null where the source does not say. Such a movie is never placed in a set for a given time.</summary>
    public short? RuntimeMinutes { get; set; }

    /// <summary>Mean vote, 0 to 10.</summary>
    public float VoteAverage { get; set; }

    public int VoteCount { get; set; }

    /// <summary>TMDB's own popularity figure.</summary>
    public float Popularity { get; set; }

    public bool Adult { get; set; }

    public string? PosterPath { get; set; }

    public string[] Keywords { get; set; } = [];

    /// <summary>True where the movie was made from a ratings source that gives only title, year and genres; a movie source replaces it.</summary>
    public bool IsStub { get; set; }

    /// <summary>True where the movie comes from the sample catalog; a movie source replaces it.</summary>
    public bool IsSample { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A genre, keyed by its TMDB id, with its name in both languages of the service.</summary>
public sealed class Genre
{
    public int GenreId { get; set; }

    public required string NameEn { get; set; }

    public required string NameKo { get; set; }
}

public sealed class MovieGenre
{
    public int MovieId { get; set; }

    public int GenreId { get; set; }
}

/// <summary>A streaming service (OTT), keyed by its TMDB provider id.</summary>
public sealed class Provider
{
    public int ProviderId { get; set; }

    public required string Name { get; set; }

    public string? NameKo { get; set; }
}

/// <summary>That a provider carries a movie in a region, and on what terms.</summary>
public sealed class MovieProvider
{
    public int MovieId { get; set; }

    public int ProviderId { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Region { get; set; }

    /// <summary><c>flatrate</c>, <c>free</c>, <c>ads</c>, <c>rent</c> or <c>buy</c>, as TMDB names them.</summary>
    public required string Terms { get; set; }

    /// <summary>True where the availability is invented for the sample catalog.</summary>
    public bool IsSample { get; set; }
}

/// <summary>When a movie was last asked of TMDB's API, so that an interrupted import goes on where it stopped.</summary>
public sealed class TmdbFetch
{
    public int MovieId { get; set; }

    /// <summary>The language and region it was asked in, for example <c>ko-KR/KR</c>.</summary>
    public required string Scope { get; set; }

    /// <summary>False where TMDB has no movie under the id.</summary>
    public bool Found { get; set; }

    public DateTimeOffset FetchedAt { get; set; }
}
