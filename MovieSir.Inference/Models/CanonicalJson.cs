using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MovieSir.Inference.Models;

/// <summary>One text for all texts of the same JSON value: no spaces, members in ordinal order, numbers in one notation.</summary>
internal static class CanonicalJson
{
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Of(string json) => Canonical(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(
            all.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray all => new JsonArray([.. all.Select(Canonical)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value),
        null => null,
        _ => node.DeepClone(),
    };

    // 1E-05 is 0.00001, and 0.10 is 0.1. What a decimal cannot hold is far out of the range of any parameter.
    private static JsonNode Number(JsonValue value)
    {
        var text = value.ToJsonString();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? JsonNode.Parse(exact.ToString("0.#############################", CultureInfo.InvariantCulture))!
            : JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture));
    }
}
