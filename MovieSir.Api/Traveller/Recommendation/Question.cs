using MovieSir.Api.Traveller.PartnerApi;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>What is asked of the partner API, before it is known how many breaks there are.</summary>
internal sealed record Question
{
    public required string ClientUserId { get; init; }

    /// <summary>Minutes for movies and the breaks between them.</summary>
    public required int Minutes { get; init; }

    public required int BreakMinutes { get; init; }

    public required int[] UserMovieIds { get; init; }

    /// <summary>The profiles of two people, the caller's first, in place of the one. Null: the caller is alone.</summary>
    public int[][]? Groups { get; init; }

    public GroupMode? GroupMode { get; init; }

    public required int[] NegativeMovieIds { get; init; }

    public required string[]? Genres { get; init; }

    public required string[]? Otts { get; init; }

    public required bool AllowAdult { get; init; }

    /// <summary>Never answered.</summary>
    public required int[] Excluded { get; init; }

    /// <summary>Not answered where the time is filled without.</summary>
    public required int[] Recent { get; init; }

    public required long Seed { get; init; }

    public PartnerRecommend ToPartner(int minutes)
    {
        int[] excluded = [.. Excluded.Concat(Recent).Distinct().Take(Limits.ExcludedMovies)];
        return new PartnerRecommend
        {
            AvailableTime = minutes,
            UserMovieIds = UserMovieIds,
            Groups = Groups,
            GroupMode = GroupMode,
            NegativeMovieIds = NegativeMovieIds,
            PreferredGenres = Genres,
            PreferredOtts = Otts,
            AllowAdult = AllowAdult,
            ExcludedIdsA = excluded,
            ExcludedIdsB = excluded,
            Seed = Seed,
            ClientUserId = ClientUserId,
        };
    }
}
