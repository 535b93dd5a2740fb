namespace MovieSir.Api.Movies;

/// <summary>A movie of the catalog: what is known of it, without anything that only a recommendation can say.</summary>
internal sealed record MovieFacts
{
    public required int MovieId { get; init; }

    /// <summary>Equal to <c>movie_id</c>.</summary>
    public required int TmdbId { get; init; }

    public string? ImdbId { get; init; }

    /// <summary>The Korean title where there is one, else the English.</summary>
    public required string Title { get; init; }

    public string? OriginalTitle { get; init; }

    /// <summary>Minutes.</summary>
    public short? Runtime { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    public float VoteAverage { get; init; }

    public int VoteCount { get; init; }

    public string? Overview { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public string? PosterPath { get; init; }

    /// <summary>Streaming services that carry it.</summary>
    public required IReadOnlyList<string> Otts { get; init; }
}

/// <summary>A genre in both languages; either name is understood.</summary>
internal sealed record GenreAnswer(int GenreId, string NameEn, string NameKo);

/// <summary>A streaming service; either name is understood.</summary>
internal sealed record OttAnswer(int ProviderId, string Name, string? NameKo, int Movies);
