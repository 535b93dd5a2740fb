using System.Text.Json.Serialization;

namespace MovieSir.Api.Partner.Calls;

/// <summary>What every successful answer says of itself.</summary>
internal record Meta
{
    /// <summary>Milliseconds from the call's arrival to here.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>Calls that the key has left today (Asia/Seoul), this one taken off.</summary>
    public required int RemainingQuota { get; init; }

    public required int DailyLimit { get; init; }

    public static Meta Of(PartnerCall call) => new()
    {
        LatencyMs = LatencyOf(call),
        RemainingQuota = call.Admission.DailyRemaining,
        DailyLimit = call.Admission.DailyLimit,
    };

    protected static double LatencyOf(PartnerCall call) => Math.Round(call.Elapsed.TotalMilliseconds, 2, MidpointRounding.ToEven);
}

/// <summary>What an answer with recommended movies says of itself.</summary>
internal sealed record RecommendationMeta : Meta
{
    /// <summary>Name it in feedback.</summary>
    public required Guid RecommendationId { get; init; }

    public static RecommendationMeta Of(PartnerCall call, IReadOnlyCollection<int> trackA, IReadOnlyCollection<int> trackB) => new()
    {
        RecommendationId = call.Recommend(trackA, trackB),
        LatencyMs = LatencyOf(call),
        RemainingQuota = call.Admission.DailyRemaining,
        DailyLimit = call.Admission.DailyLimit,
    };
}

/// <summary>The envelope of every successful answer.</summary>
internal sealed record Envelope<TData, TMeta>(TData Data, TMeta Meta)
    where TMeta : Meta
{
    [JsonPropertyOrder(-1)]
    public bool Success { get; } = true;
}
