using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MovieSir.Api.Movies;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>A text in both languages.</summary>
internal sealed record BothLanguages(string Ko, string En);

/// <summary>The movie of the traveller's profile that speaks most for another.</summary>
internal sealed record BecauseOf(int MovieId, string Title, string? TitleKo);

/// <summary>A movie of a set.</summary>
internal sealed record ShownMovie : MovieCard
{
    [JsonConstructor]
    public ShownMovie()
    {
    }

    [SetsRequiredMembers]
    public ShownMovie(MovieCard card, IReadOnlyList<MovieOffer> otts, float? score, BecauseOf? because)
        : base(card) => (Otts, Score, Because) = (otts, score, because);

    /// <summary>Where it can be watched.</summary>
    public required IReadOnlyList<MovieOffer> Otts { get; init; }

    /// <summary>How well it suits, within this answer; null where that is not known any more.</summary>
    public required float? Score { get; init; }

    public required BecauseOf? Because { get; init; }
}

/// <summary>A set of movies.</summary>
internal sealed record TrackResult
{
    public required BothLanguages Label { get; init; }

    public required IReadOnlyList<ShownMovie> Movies { get; init; }

    /// <summary>Minutes of all movies together, without breaks.</summary>
    public required int TotalRuntime { get; init; }

    /// <summary>False where no set fills 90 to 100 % of the time: then this is the fullest there is.</summary>
    public required bool FillsTime { get; init; }
}

internal enum HintKind
{
    MoreMinutes,
    FewerGenres,
    MoreProviders,
}

/// <summary>What would give a better answer. It was tried.</summary>
/// <param name="Kind">What to change.</param>
/// <param name="Minutes">How many more, where it is time.</param>
/// <param name="Message">For a person.</param>
internal sealed record Hint(HintKind Kind, int? Minutes, BothLanguages Message);

/// <summary>What was asked for, as it is kept: a session is filled again by it.</summary>
internal sealed record Wish
{
    public required int AvailableTime { get; init; }

    public required int BreakMinutes { get; init; }

    public required int MarginMinutes { get; init; }

    /// <summary>English names.</summary>
    public required string[] Genres { get; init; }

    /// <summary>Streaming services that were asked for; empty: any.</summary>
    public required int[] ProviderIds { get; init; }

    public required bool ExcludeAdult { get; init; }

    public required string? Mood { get; init; }

    public required int[] ExcludedIds { get; init; }

    /// <summary>Null: for the traveller alone.</summary>
    public string? GroupId { get; init; }

    public GroupMode? GroupMode { get; init; }

    /// <summary>Minutes for movies, without what is kept free.</summary>
    [JsonIgnore]
    public int Minutes => AvailableTime - MarginMinutes;
}

/// <summary>Two sets of movies, each filling the time.</summary>
internal sealed record RecommendAnswer
{
    public required Guid SessionId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int AvailableTime { get; init; }

    public required int BreakMinutes { get; init; }

    public required int MarginMinutes { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    public required IReadOnlyList<int> ProviderIds { get; init; }

    public required string? Mood { get; init; }

    /// <summary>By taste: the wanted genres first.</summary>
    public required TrackResult TrackA { get; init; }

    /// <summary>Beyond the wanted genres; none of track A's movies.</summary>
    public required TrackResult TrackB { get; init; }

    /// <summary>Seconds.</summary>
    public required double ElapsedTime { get; init; }

    public required IReadOnlyList<Hint> Hints { get; init; }

    public TrackResult Of(Track track) => track is Track.A ? TrackA : TrackB;

    public RecommendAnswer With(Track track, TrackResult result) => track is Track.A ? this with { TrackA = result } : this with { TrackB = result };
}

/// <summary>One movie in place of another.</summary>
internal sealed record SingleAnswer(ShownMovie Movie);

/// <summary>A track that was filled again.</summary>
internal sealed record FillAnswer(TrackResult Track);
