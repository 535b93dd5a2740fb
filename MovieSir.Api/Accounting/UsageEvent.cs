using System.Text.Json;
using System.Text.Json.Serialization;

namespace MovieSir.Api.Accounting;

/// <summary>One answered call on its way into <c>b2b.request_log</c>. Its JSON names are the columns of that table.</summary>
internal sealed record UsageEvent
{
    /// <summary>UUID v7, made once: however often and by whatever way the event arrives, it is one row.</summary>
    public required Guid EventId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateOnly UsageDay { get; init; }

    public required Guid ApiKeyId { get; init; }

    public required Guid CompanyId { get; init; }

    public required string RequestId { get; init; }

    public required string Method { get; init; }

    public required string Endpoint { get; init; }

    public required int Status { get; init; }

    public string? ErrorCode { get; init; }

    public required float LatencyMs { get; init; }

    public required bool Charged { get; init; }

    public Guid? RecommendationId { get; init; }

    public string? ClientUserId { get; init; }

    /// <summary>Where the call came from, as the edge saw it: by it a partner notices a key that others use.</summary>
    public string? ClientAddress { get; init; }

    public int? AvailableMinutes { get; init; }

    public IReadOnlyList<int> MovieIds { get; init; } = [];

    /// <summary>What the call told of a movie that was recommended earlier: a row of <c>b2b.feedback</c> with this event's id.</summary>
    public FeedbackGiven? Feedback { get; init; }
}

internal sealed record FeedbackGiven(Guid RecommendationId, int MovieId, string Type);

internal static class UsageEventJson
{
    public static string Serialize(UsageEvent usage) => JsonSerializer.Serialize(usage, UsageEventContext.Default.UsageEvent);
}

[JsonSerializable(typeof(UsageEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class UsageEventContext : JsonSerializerContext;
