using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.PartnerApi;

/// <summary>What both recommending calls are told.</summary>
internal abstract record PartnerWish
{
    /// <summary>Oldest first.</summary>
    public required int[] UserMovieIds { get; init; }

    /// <summary>Two profiles in place of <see cref="UserMovieIds"/>.</summary>
    public int[][]? Groups { get; init; }

    public GroupMode? GroupMode { get; init; }

    public string[]? PreferredGenres { get; init; }

    public string[]? PreferredOtts { get; init; }

    public required bool AllowAdult { get; init; }

    public required int[] NegativeMovieIds { get; init; }

    public long? Seed { get; init; }

    public required string ClientUserId { get; init; }
}

/// <summary><c>POST /v1/recommend</c></summary>
internal sealed record PartnerRecommend : PartnerWish
{
    public required int AvailableTime { get; init; }

    public required int[] ExcludedIdsA { get; init; }

    public required int[] ExcludedIdsB { get; init; }
}

/// <summary><c>POST /v1/recommend_single</c></summary>
internal sealed record PartnerRecommendSingle : PartnerWish
{
    public required int TargetRuntime { get; init; }

    public required int[] ExcludedIds { get; init; }

    public required Track Track { get; init; }
}

/// <summary><c>POST /v1/search</c></summary>
internal sealed record PartnerSearch(string Query, int K, bool AllowAdult);

internal sealed record PartnerTracks(TrackAnswer TrackA, TrackAnswer TrackB);

internal sealed record PartnerEnvelope<T>(T Data);
