using System.ComponentModel.DataAnnotations;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>Bounds of the inference calls. Every list and number that a caller sends has one.</summary>
public static class Limits
{
    public const int MinutesMin = 1;
    public const int MinutesMax = 1440;
    public const double RatingMin = 0.5;
    public const double RatingMax = 5;
    public const int ProfileMovies = 5000;
    public const int ExcludedMovies = 5000;
    public const int NegativeMovies = 5000;
    public const int WatchedMovies = 5000;
    public const int Viewers = 2;
    public const int LockedMovies = 15;
    public const int Genres = 30;
    public const int Providers = 60;
    public const int NameLength = 60;
    public const int RankMax = 1000;
    public const int SearchMax = 100;
    public const int QueryLength = 500;
    public const int TextsPerCall = 128;
    public const int TextLength = 5000;
    public const int ContentRules = 10_000;
    public const int ContentRuleLength = 200;
    public const int PreviewedRules = 200;
}

/// <summary>What every recommending call may filter by.</summary>
public abstract record MovieFilter
{
    /// <summary>The viewer's movies, oldest first, as TMDB ids. Ids that the catalog lacks are ignored.</summary>
    [Required, MaxLength(Limits.ProfileMovies)]
    public int[] UserMovieIds { get; init; } = [];

    /// <summary>Genre names in English or Korean.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? PreferredGenres { get; init; }

    /// <summary>Names of streaming services in English or Korean. A movie passes where any of them carries it.</summary>
    [MaxLength(Limits.Providers), EachText(1, Limits.NameLength)]
    public string[]? PreferredOtts { get; init; }

    /// <summary>
    /// Whether movies for adults only may be answered. Left out: no, except by <c>/rank</c>, which applies no filter that was not asked for.
    /// </summary>
    public bool? AllowAdult { get; init; }

    /// <summary>Movies the viewer disliked: what is like them is ranked lower, and they themselves are never answered.</summary>
    [Required, MaxLength(Limits.NegativeMovies)]
    public int[] NegativeMovieIds { get; init; } = [];

    /// <summary>The same seed gives the same answer; without one, answers vary.</summary>
    public long? Seed { get; init; }

    /// <summary>What is never answered.</summary>
    public ContentRuleSet? ContentRules { get; init; }
}

/// <summary>A movie that the viewer has watched.</summary>
public sealed record WatchedMovie
{
    /// <summary>TMDB id. One that the catalog lacks is ignored.</summary>
    [Required]
    public int? MovieId { get; init; }

    /// <summary>0.5 to 5: from 4 on it speaks for what is like the movie, below 3 against it.</summary>
    [Range(Limits.RatingMin, Limits.RatingMax)]
    public float? Rating { get; init; }

    /// <summary>When, as ISO 8601. Movies without it count as older than those with it.</summary>
    public DateTimeOffset? WatchedAt { get; init; }
}

/// <summary>How two viewers agree.</summary>
public enum GroupMode
{
    /// <summary>A movie counts as much as it does for the one who likes it less.</summary>
    BothLike,

    /// <summary>A movie counts as much as it does for both on average.</summary>
    Compromise,
}

/// <summary>What the recommending calls say of those who will watch.</summary>
public abstract record ViewerFilter : MovieFilter, IValidatableObject
{
    /// <summary>
    /// What the viewers have watched, in any order; it is never answered. What was rated below 3 counts as disliked. What was rated 4 or more, or
    /// not rated, joins the profile of one viewer, before <c>user_movie_ids</c>, in the order of time.
    /// </summary>
    [MaxLength(Limits.WatchedMovies), EachPresent]
    public IReadOnlyList<WatchedMovie>? History { get; init; }

    /// <summary>The profiles of two viewers, each oldest first, in place of <c>user_movie_ids</c>.</summary>
    [MinLength(Limits.Viewers), MaxLength(Limits.Viewers), EachList(Limits.ProfileMovies)]
    public int[][]? Groups { get; init; }

    /// <summary>How two viewers agree; left out, by the one who likes a movie less.</summary>
    public GroupMode? GroupMode { get; init; }

    /// <summary>Two profiles leave no place for a third.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => GroupRule.Check(Groups, UserMovieIds);
}

/// <summary>The one rule that <c>groups</c> and <c>user_movie_ids</c> keep.</summary>
public static class GroupRule
{
    public static IEnumerable<ValidationResult> Check(int[][]? groups, int[] userMovieIds)
    {
        if (groups is not null && userMovieIds is { Length: > 0 })
        {
            yield return new ValidationResult("must be empty where groups are given: they are the profiles.", [nameof(ViewerFilter.UserMovieIds)]);
        }
    }
}

/// <summary><c>POST /recommend</c></summary>
public sealed record RecommendRequest : ViewerFilter
{
    /// <summary>Minutes to fill.</summary>
    [Required, Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? AvailableTime { get; init; }

    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIdsA { get; init; } = [];

    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIdsB { get; init; } = [];

    /// <summary>
    /// Movies that stay in the set of one track, whatever genres, services and exclusions say of them; the rest of the time is filled around them.
    /// </summary>
    [MaxLength(Limits.LockedMovies)]
    public int[]? LockedMovieIds { get; init; }

    /// <summary>The track that holds them; left out, track A.</summary>
    public Track? LockedTrack { get; init; }
}

public enum Track
{
    A,
    B,
}

/// <summary><c>POST /recommend_single</c>: one movie in place of another.</summary>
public sealed record RecommendSingleRequest : ViewerFilter
{
    /// <summary>Minutes of the movie that is to be replaced.</summary>
    [Required, Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? TargetRuntime { get; init; }

    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIds { get; init; } = [];

    [Required]
    public Track? Track { get; init; }
}

/// <summary><c>POST /rank</c>: the best movies for a profile, no time limit, no filter that was not asked for.</summary>
public sealed record RankRequest : MovieFilter
{
    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIds { get; init; } = [];

    [Range(1, Limits.RankMax)]
    public int K { get; init; } = 100;
}

/// <summary><c>POST /search</c>: movies by name, words and meaning.</summary>
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

    /// <summary>What is never answered.</summary>
    public ContentRuleSet? ContentRules { get; init; }
}

/// <summary><c>POST /movies/{id}/similar</c>: what <c>GET</c> asks, under content rules.</summary>
public sealed record SimilarRequest
{
    [Range(1, Limits.SearchMax)]
    public int K { get; init; } = 20;

    /// <summary>What is never answered.</summary>
    public ContentRuleSet? ContentRules { get; init; }
}

/// <summary><c>POST /embed</c></summary>
public sealed record EmbedRequest
{
    [Required, MinLength(1), MaxLength(Limits.TextsPerCall), EachText(0, Limits.TextLength)]
    public string[]? Texts { get; init; }
}

/// <summary><c>POST /rules/preview</c>: what rules would forbid.</summary>
public sealed record RulesPreviewRequest
{
    /// <summary>What is forbidden already.</summary>
    [Required]
    public ContentRuleSet Saved { get; init; } = new();

    /// <summary>What would be forbidden besides; each is counted for itself.</summary>
    [Required, MinLength(1), MaxLength(Limits.PreviewedRules), EachPresent]
    public ContentRuleSet[] Rules { get; init; } = [];
}
