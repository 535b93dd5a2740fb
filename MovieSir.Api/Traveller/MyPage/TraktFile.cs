using System.Globalization;
using System.Text.Json;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>Trakt's JSON: a list of what was watched or rated, each with a movie and its ids. Episodes are left out.</summary>
internal static class TraktFile
{
    private static readonly string[] Days = ["watched_at", "last_watched_at"];

    /// <returns>The lines, or what is wrong with the file, for a person.</returns>
    public static (IReadOnlyList<HistoryLine>? Lines, string? Problem) Read(string text, DateOnly today)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } entries)
            {
                return (null, "is no file of Trakt: it is no list.");
            }

            return entries.GetArrayLength() > HistoryFile.MaximumLines
                ? (null, $"has more than {HistoryFile.MaximumLines} entries: split it.")
                : ([.. entries.EnumerateArray().Select((entry, place) => ReadEntry(entry, place + 1, today)).OfType<HistoryLine>()], null);
        }
        catch (JsonException exception)
        {
            return (null, $"is no JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}).");
        }
    }

    private static HistoryLine? ReadEntry(JsonElement entry, int number, DateOnly today)
    {
        if (Member(entry, "movie") is not { ValueKind: JsonValueKind.Object } movie)
        {
            return null;
        }

        var ids = Member(movie, "ids");
        var named = HistoryFile.Name(Text(movie, "title"), Number(movie, "year"), Number(ids, "tmdb"), Text(ids, "imdb"));
        return named is null
            ? null
            : new HistoryLine(number, named, HistoryFile.Stars(Number(entry, "rating") / 2.0), HistoryFile.Day(Day(entry), today));
    }

    private static DateOnly? Day(JsonElement entry) => Days.Select(name => Text(entry, name)).FirstOrDefault(text => text is not null) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? DateOnly.FromDateTime(time.UtcDateTime)
            : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
