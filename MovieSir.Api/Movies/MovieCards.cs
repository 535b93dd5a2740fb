namespace MovieSir.Api.Movies;

/// <summary>A genre with its names in both languages.</summary>
internal sealed record GenreName(int Id, string Name, string NameKo);

/// <summary>A movie as a card shows it, in both languages.</summary>
internal record MovieCard
{
    public required int MovieId { get; init; }

    /// <summary>The English title.</summary>
    public required string Title { get; init; }

    public required string? TitleKo { get; init; }

    public required string? OriginalTitle { get; init; }

    public required int? Year { get; init; }

    /// <summary>Minutes.</summary>
    public required short? Runtime { get; init; }

    public required IReadOnlyList<GenreName> Genres { get; init; }

    public required float VoteAverage { get; init; }

    /// <summary>Path of TMDB's poster; null where there is none.</summary>
    public required string? PosterPath { get; init; }

    public required bool Adult { get; init; }
}

/// <summary>All that the catalog knows of a movie for a page of its own.</summary>
internal sealed record MovieInfo : MovieCard
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public MovieInfo(MovieCard card)
        : base(card)
    {
    }

    public string? Overview { get; init; }

    public string? OverviewKo { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];
}

/// <summary>How a streaming service offers a movie.</summary>
internal enum PaymentType
{
    Subscription,
    Free,
    Ads,
    Rent,
    Buy,
}

/// <summary>Where a movie can be watched.</summary>
/// <param name="ProviderId">TMDB's id of the streaming service.</param>
/// <param name="ProviderName">Its name.</param>
/// <param name="ProviderNameKo">Its Korean name, where it has one.</param>
/// <param name="Url">The page that leads to it: TMDB's, with JustWatch's links.</param>
/// <param name="PaymentType">On what terms.</param>
internal sealed record MovieOffer(int ProviderId, string ProviderName, string? ProviderNameKo, string Url, PaymentType PaymentType);
