using System.ComponentModel.DataAnnotations;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Partner.Recommend;

/// <summary>What both recommending calls may say.</summary>
/// <remarks>Request bodies are public: the framework's validation does not see others.</remarks>
public abstract record RecommendationWish : IValidatableObject
{
    /// <summary>The viewer's movies, oldest first, as TMDB ids. Ids that the catalog lacks are ignored.</summary>
    [Required, MaxLength(Limits.ProfileMovies)]
    public int[] UserMovieIds { get; init; } = [];

    /// <summary>Genre names in English or Korean.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? PreferredGenres { get; init; }

    /// <summary>Another name of <c>preferred_genres</c>.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? Genres { get; init; }

    /// <summary>Names of streaming services in English or Korean. A movie passes where any of them carries it.</summary>
    [MaxLength(Limits.Providers), EachText(1, Limits.NameLength)]
    public string[]? PreferredOtts { get; init; }

    /// <summary>Whether movies for adults only may be answered.</summary>
    public bool AllowAdult { get; init; }

    /// <summary>Movies the viewer disliked: what is like them is ranked lower, and they themselves are never answered.</summary>
    [Required, MaxLength(Limits.NegativeMovies)]
    public int[] NegativeMovieIds { get; init; } = [];

    /// <summary>
    /// What the viewers have watched, in any order; it is never answered. What was rated below 3 counts as disliked. What was rated 4 or more, or
    /// not rated, joins the profile of one viewer, before <c>user_movie_ids</c>, in the order of time.
    /// </summary>
    [MaxLength(Limits.WatchedMovies), EachPresent]
    public IReadOnlyList<WatchedMovie>? History { get; init; }

    /// <summary>
    /// The profiles of two viewers who watch together, each oldest first, in place of <c>user_movie_ids</c>. Each movie's <c>because</c> is a movie
    /// of the one who likes it more.
    /// </summary>
    [MinLength(Limits.Viewers), MaxLength(Limits.Viewers), EachList(Limits.ProfileMovies)]
    public int[][]? Groups { get; init; }

    /// <summary>How two viewers agree: <c>both_like</c> (left out) or <c>compromise</c>.</summary>
    public GroupMode? GroupMode { get; init; }

    /// <summary>The same seed gives the same answer; without one, answers vary.</summary>
    public long? Seed { get; init; }

    /// <summary>Another name of the minutes.</summary>
    [Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? RuntimeLimit { get; init; }

    /// <summary>Your own name of the viewer, for your logs; it changes nothing in the answer.</summary>
    [StringLength(PartnerLimits.ClientUserLength, MinimumLength = 1), RegularExpression(PartnerLimits.NoControlCharacters)]
    public string? ClientUserId { get; init; }

    /// <summary>The minutes under their first name, which differs by call.</summary>
    protected abstract (string Name, int? Value) Minutes { get; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PreferredGenres is not null && Genres is not null)
        {
            yield return new ValidationResult("is another name of preferred_genres: send one of them.", [nameof(Genres)]);
        }

        foreach (var fault in GroupRule.Check(Groups, UserMovieIds))
        {
            yield return fault;
        }

        switch (Minutes.Value, RuntimeLimit)
        {
            case (not null, not null):
                yield return new ValidationResult($"is another name of {FieldName(Minutes.Name)}: send one of them.", [nameof(RuntimeLimit)]);
                break;
            case (null, null):
                yield return new ValidationResult("is required.", [Minutes.Name]);
                break;
        }
    }

    /// <summary>Fields as this request named them, where the engine's names are the first ones.</summary>
    internal string RenameField(string field)
    {
        var first = FieldName(Minutes.Name);
        const string FirstGenres = "preferred_genres";
        return Genres is not null && field.StartsWith(FirstGenres, StringComparison.Ordinal)
            ? string.Concat("genres", field.AsSpan(FirstGenres.Length))
            : RuntimeLimit is not null && field == first ? "runtime_limit"
            : field;
    }

    /// <summary>The one place that reads the other names: from here on there are the first ones alone.</summary>
    /// <param name="engineRequest">What the engine is to be asked.</param>
    /// <param name="rules">What the company does not want to recommend.</param>
    /// <param name="minutes">The minutes, by whichever name they came.</param>
    private protected TRequest Fill<TRequest>(TRequest engineRequest, ContentRuleSet? rules, out int? minutes)
        where TRequest : ViewerFilter
    {
        minutes = Minutes.Value ?? RuntimeLimit;
        return engineRequest with
        {
            UserMovieIds = UserMovieIds,
            PreferredGenres = PreferredGenres ?? Genres,
            PreferredOtts = PreferredOtts,
            AllowAdult = AllowAdult,
            NegativeMovieIds = NegativeMovieIds,
            History = History,
            Groups = Groups,
            GroupMode = GroupMode,
            Seed = Seed,
            ContentRules = rules,
        };
    }

    private static string FieldName(string member) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(member);
}

/// <summary>Body of <c>POST /v1/recommend</c>.</summary>
public sealed record PartnerRecommendRequest : RecommendationWish
{
    /// <summary>Minutes to fill. Required, by this name or as <c>runtime_limit</c>.</summary>
    [Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? AvailableTime { get; init; }

    /// <summary>Movies that track A must not hold.</summary>
    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIdsA { get; init; } = [];

    /// <summary>Movies that track B must not hold.</summary>
    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIdsB { get; init; } = [];

    /// <summary>
    /// Movies that stay in the set of one track, whatever genres, services and exclusions say of them; the rest of the time is filled around them.
    /// Content rules, <c>allow_adult</c> and what the viewer has seen hold for them too.
    /// </summary>
    [MaxLength(Limits.LockedMovies)]
    public int[]? LockedMovieIds { get; init; }

    /// <summary>The track that holds them: <c>a</c> (left out) or <c>b</c>.</summary>
    public Track? LockedTrack { get; init; }

    protected override (string Name, int? Value) Minutes => (nameof(AvailableTime), AvailableTime);

    internal RecommendRequest ToEngine(ContentRuleSet? rules)
    {
        var wanted = Fill(new RecommendRequest(), rules, out var minutes);
        return wanted with
        {
            AvailableTime = minutes,
            ExcludedIdsA = ExcludedIdsA,
            ExcludedIdsB = ExcludedIdsB,
            LockedMovieIds = LockedMovieIds,
            LockedTrack = LockedTrack,
        };
    }
}

/// <summary>Body of <c>POST /v1/recommend_single</c>.</summary>
public sealed record PartnerRecommendSingleRequest : RecommendationWish
{
    /// <summary>Minutes of the movie that is to be replaced. Required, by this name or as <c>runtime_limit</c>.</summary>
    [Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? TargetRuntime { get; init; }

    /// <summary>Movies that must not be answered: those already shown.</summary>
    [Required, MaxLength(Limits.ExcludedMovies)]
    public int[] ExcludedIds { get; init; } = [];

    /// <summary>Whose rules the movie is chosen by: <c>a</c> (taste) or <c>b</c> (discovery).</summary>
    [Required]
    public Track? Track { get; init; }

    protected override (string Name, int? Value) Minutes => (nameof(TargetRuntime), TargetRuntime);

    internal RecommendSingleRequest ToEngine(ContentRuleSet? rules)
    {
        var wanted = Fill(new RecommendSingleRequest(), rules, out var minutes);
        return wanted with { TargetRuntime = minutes, ExcludedIds = ExcludedIds, Track = Track };
    }
}

/// <summary>Two sets of movies, each filling the time.</summary>
internal sealed record PartnerRecommendation
{
    /// <summary>By taste: the preferred genres first.</summary>
    public required TrackAnswer TrackA { get; init; }

    /// <summary>Discovery: any genre, none of track A's movies.</summary>
    public required TrackAnswer TrackB { get; init; }

    /// <summary>How the movies were chosen.</summary>
    public string Algorithm { get; init; } = "hybrid";
}
