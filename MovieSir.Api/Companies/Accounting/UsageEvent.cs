using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>One answered call on its way into the database.</summary>
/// <param name="Entry">
/// Its row of the request log. Its event id is made once: however often and by whatever way the event arrives, it is one row.
/// </param>
/// <param name="Feedback">What the call told of a movie that was recommended earlier.</param>
internal sealed record UsageEvent(RequestLogEntry Entry, FeedbackGiven? Feedback);

/// <summary>Becomes a row of <c>b2b.feedback</c> with the event's id, unless the same was told before.</summary>
/// <param name="RecommendationId">Which recommendation.</param>
/// <param name="MovieId">Which of its movies.</param>
/// <param name="Type">What the viewer did.</param>
/// <param name="Track">The track that held the movie, where it is known.</param>
/// <param name="RecommendedOn">The day in Asia/Seoul that the recommendation counts for.</param>
internal sealed record FeedbackGiven(Guid RecommendationId, int MovieId, string Type, string? Track, DateOnly RecommendedOn);

internal static class UsageEventJson
{
    /// <summary>The event as <see cref="UsageStore"/> reads it: the entry's JSON names are the columns of <c>b2b.request_log</c>.</summary>
    public static string Serialize(UsageEvent usage) => JsonSerializer.Serialize(usage, UsageEventContext.Default.UsageEvent);
}

[JsonSerializable(typeof(UsageEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(AddressConverter)])]
internal sealed partial class UsageEventContext : JsonSerializerContext;

/// <summary>Addresses as text, which PostgreSQL reads as <c>inet</c>.</summary>
internal sealed class AddressConverter : JsonConverter<IPAddress>
{
    public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IPAddress.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
