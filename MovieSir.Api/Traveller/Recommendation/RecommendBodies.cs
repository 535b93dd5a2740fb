using System.ComponentModel.DataAnnotations;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>What a traveller has time for.</summary>
public sealed record RecommendBody : IValidatableObject
{
    private const int MinutesMin = 20;

    /// <summary>Minutes that the traveller has. Required, by this name or as <c>runtime_limit</c>.</summary>
    [Range(MinutesMin, Limits.MinutesMax)]
    public int? AvailableTime { get; init; }

    /// <summary>Another name of <c>available_time</c>.</summary>
    [Range(MinutesMin, Limits.MinutesMax)]
    public int? RuntimeLimit { get; init; }

    /// <summary>Names in English or Korean, or ids as text. None: all genres.</summary>
    [MaxLength(Limits.Genres), EachText(1, Limits.NameLength)]
    public string[]? Genres { get; init; }

    /// <summary>Streaming services to watch on. Left out: the traveller's own; an empty list: any.</summary>
    [MaxLength(Limits.Providers)]
    public int[]? ProviderIds { get; init; }

    /// <summary>Left out: by the traveller's preferences.</summary>
    public bool? ExcludeAdult { get; init; }

    /// <summary>Movies that are not wanted this time.</summary>
    [MaxLength(500)]
    public int[]? ExcludedIds { get; init; }

    /// <summary>What it should feel like, in words.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Mood { get; init; }

    /// <summary>The same seed gives the same answer; without one, answers vary.</summary>
    public long? Seed { get; init; }

    /// <summary>Minutes between two movies.</summary>
    [Range(0, 60)]
    public int BreakMinutes { get; init; }

    /// <summary>Minutes that are kept free at the end.</summary>
    [Range(0, 240)]
    public int MarginMinutes { get; init; }

    /// <summary>A group of two that the caller is in: the set is for both.</summary>
    [StringLength(32, MinimumLength = 1)]
    public string? GroupId { get; init; }

    /// <summary>How the two agree; left out, by what both like.</summary>
    public GroupMode? GroupMode { get; init; }

    internal int Minutes => AvailableTime ?? RuntimeLimit!.Value;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        switch (AvailableTime, RuntimeLimit)
        {
            case (null, null):
                yield return new ValidationResult("is required.", [nameof(AvailableTime)]);
                break;
            case (not null, not null):
                yield return new ValidationResult("is another name of available_time: send one of them.", [nameof(RuntimeLimit)]);
                break;
        }

        if ((AvailableTime ?? RuntimeLimit) is { } minutes && minutes - MarginMinutes < MinutesMin)
        {
            yield return new ValidationResult($"leaves less than {MinutesMin} minutes.", [nameof(MarginMinutes)]);
        }
    }
}

/// <summary>One movie in place of another.</summary>
public sealed record SingleBody
{
    [Required]
    public Guid? SessionId { get; init; }

    [Required]
    public Track? Track { get; init; }

    /// <summary>Minutes that the movie may fill.</summary>
    [Required, Range(Limits.MinutesMin, Limits.MinutesMax)]
    public int? TargetRuntime { get; init; }

    /// <summary>The movie that is replaced.</summary>
    public int? SourceMovieId { get; init; }

    /// <summary>Movies that are not wanted, beside all that the session has shown.</summary>
    [MaxLength(500)]
    public int[]? ExcludedIds { get; init; }
}

/// <summary>Some movies stay, and the rest of the time is filled anew.</summary>
public sealed record FillBody
{
    [Required]
    public Guid? SessionId { get; init; }

    [Required]
    public Track? Track { get; init; }

    /// <summary>The movies that stay. They are of this session.</summary>
    [Required, MaxLength(15)]
    public int[]? LockedIds { get; init; }
}

/// <summary>The set as the traveller left it.</summary>
public sealed record PlanBody : IValidatableObject
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(366);

    [Required]
    public Track? Track { get; init; }

    /// <summary>Movies of this session in their order.</summary>
    [Required, MinLength(1), MaxLength(15)]
    public int[]? MovieIds { get; init; }

    /// <summary>When the first one begins.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MovieIds is { } ids && ids.ToHashSet().Count != ids.Length)
        {
            yield return new ValidationResult("names a movie twice.", [nameof(MovieIds)]);
        }

        if (StartsAt is { } start && (start - DateTimeOffset.UtcNow).Duration() > Ahead)
        {
            yield return new ValidationResult("must be within a year.", [nameof(StartsAt)]);
        }
    }
}
