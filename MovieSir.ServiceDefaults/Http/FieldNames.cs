using System.Text.Json;

namespace MovieSir.ServiceDefaults.Http;

internal static class FieldNames
{
    /// <summary><c>ExcludedIds[3]</c> as <c>excluded_ids[3]</c>; names that are already in JSON's form stay.</summary>
    public static string ToJson(string path) => string.Join('.', path.Split('.').Select(part =>
    {
        var bracket = part.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? JsonNamingPolicy.SnakeCaseLower.ConvertName(part)
            : JsonNamingPolicy.SnakeCaseLower.ConvertName(part[..bracket]) + part[bracket..];
    }));
}
