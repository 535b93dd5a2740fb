using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Companies.Keys;

/// <summary>Keys as JSON for programs and as a table for people.</summary>
internal static class KeyOutput
{
    private static readonly JsonSerializerOptions Json = CreateOptions();

    /// <summary>The one place where a key itself is printed.</summary>
    public static Task WriteCreatedJsonAsync(ApiKeyInfo info, string key)
    {
        var document = JsonSerializer.SerializeToNode(info, Json)!.AsObject();
        document.Insert(0, "key", JsonValue.Create(key));
        return System.Console.Out.WriteLineAsync(document.ToJsonString(Json));
    }

    public static Task WriteJsonAsync(IReadOnlyList<ApiKeyInfo> keys) => System.Console.Out.WriteLineAsync(JsonSerializer.Serialize(keys, Json));

    public static async Task WriteTableAsync(IReadOnlyList<ApiKeyInfo> keys, DateTimeOffset now)
    {
        const string Row = "{0,-36}  {1,-24}  {2,-16}  {3,-10}  {4,-5}  {5,-11}  {6}";
        await System.Console.Out.WriteLineAsync(string.Format(null, Row, "id", "company", "name", "plan", "ends", "state", "last used (UTC)"));
        foreach (var key in keys)
        {
            await System.Console.Out.WriteLineAsync(string.Format(
                null, Row, key.ApiKeyId, Printable(key.Company), Printable(key.Name),
                key.Plan.ToString().ToUpperInvariant(), key.Hint, StateOf(key, now),
                key.LastUsedAt?.ToString("u") ?? "never"));
        }
    }

    /// <summary>Text with a mark in the place of what would control a terminal, or the order of letters in it.</summary>
    public static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? "\ufffd" : rune.ToString()));

    private static string StateOf(ApiKeyInfo key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked"
        : key.DeactivatedAt is not null ? "deactivated"
        : key.ExpiresAt <= now ? "expired"
        : "active";

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // no HTML: names stay readable
        HttpConventionsExtensions.Configure(options);
        return options;
    }
}
