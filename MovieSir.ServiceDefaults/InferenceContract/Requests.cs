using System.ComponentModel.DataAnnotations;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>Bounds of the inference calls. Every list and number that a caller sends has one.</summary>
public static class Limits
{
    public const int MinutesMin = 1;
    public const int MinutesMax = 1440;
    public const int ProfileFilms = 500;
    /// <summary>More than a partner may name: what its content rules forbid comes as exclusions too.</summary>
    public const int ExcludedFilms = 200_000;
    public const int NegativeFilms = 500;
    public const int Genres = 30;
    public const int Providers = 60;
    public const int NameLength = 60;
    public const int RankMax = 1000;
    public const int SearchMax = 100;
    public const int QueryLength = 500;
    public const int TextsPerCall = 128;
    public const int TextLength = 5000;
}

/// <summary>What every recommending call may filter by.</summary>
public abstract record FilmFilter
{
    /// <summary>The viewer's films, oldest first, as TMDB ids. Ids that the catalogue lacks are ignored.</summary>
    [Required, MaxLength(Limits.ProfileFilms)]
    public int[] UserMovieIds { get; init; } = [];

    /// <summary>Genre names in English or Korean.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? PreferredGenres { get; init; }

    /// <summary>Names of streaming services in English or Korean. A film passes where any of them carries it.</summary>
    [MaxLength(Limits.Providers), EachText(1, Limits.NameLength)]
    public string[]? PreferredOtts { get; init; }

    /// <summary>Whether films for adults only may be answered. Left out: no, except by <c>/rank</c>, which applies no filter that was not asked for.</summary>
    public bool? AllowAdult { get; init; }

    /// <summary>Films the viewer disliked: what is like them is ranked lower, and they themselves are never answered.</summary>
    [Required, MaxLength(Limits.NegativeFilms)]
    public int[] NegativeMovieIds { get; init; } = [];

    /// <summary>The same seed gives the same answer; without one, answers vary.</summary>
    public long? Seed { get; init; }
}

/// <summary><c>POST /recommend</c></summary>
public sealed record RecommendRequest : FilmFilter
{
    /// <summary>Minutes to fill.</summary>
    [Required, Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? AvailableTime { get; init; }

    [Required, MaxLength(Limits.ExcludedFilms)]
    public int[] ExcludedIdsA { get; init; } = [];

    [Required, MaxLength(Limits.ExcludedFilms)]
    public int[] ExcludedIdsB { get; init; } = [];
}

public enum Track
{
    A,
    B,
}

/// <summary><c>POST /recommend_single</c>: one film in place of another.</summary>
public sealed record RecommendSingleRequest : FilmFilter
{
    /// <summary>Minutes of the film that is to be replaced.</summary>
    [Required, Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? TargetRuntime { get; init; }

    [Required, MaxLength(Limits.ExcludedFilms)]
    public int[] ExcludedIds { get; init; } = [];

    [Required]
    public Track? Track { get; init; }
}

/// <summary><c>POST /rank</c>: the best films for a profile, no time limit, no filter that was not asked for.</summary>
public sealed record RankRequest : FilmFilter
{
    [Required, MaxLength(Limits.ExcludedFilms)]
    public int[] ExcludedIds { get; init; } = [];

    [Range(1, Limits.RankMax)]
    public int K { get; init; } = 100;
}

/// <summary><c>POST /search</c>: films by meaning.</summary>
public sealed record SearchRequest
{
    [Required, StringLength(Limits.QueryLength, MinimumLength = 1)]
    public string? Query { get; init; }

    [Range(1, Limits.SearchMax)]
    public int K { get; init; } = 20;

    /// <summary>Genre names in English or Korean.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? PreferredGenres { get; init; }

    /// <summary>Names of streaming services in English or Korean.</summary>
    [MaxLength(Limits.Providers), EachText(1, Limits.NameLength)]
    public string[]? PreferredOtts { get; init; }

    public bool AllowAdult { get; init; }
}

/// <summary><c>POST /embed</c></summary>
public sealed record EmbedRequest
{
    [Required, MinLength(1), MaxLength(Limits.TextsPerCall), EachText(0, Limits.TextLength)]
    public string[]? Texts { get; init; }
}
