using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MovieSir.Data.Names;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>
/// One JSON object of a foreign source, read field by field. What is missing, null or empty is null without a word. What is of another kind than
/// asked for is null too, and told once, with its whole path: it costs the field and never the object.
/// </summary>
/// <param name="element">A JSON object.</param>
/// <param name="path">Where it stands, with a dot at its end; empty at the top.</param>
/// <param name="correct">Is told of what is left out.</param>
internal readonly struct JsonFields(JsonElement element, string path, Action<string> correct)
{
    /// <summary>The same object, whose faults are told elsewhere.</summary>
    public JsonFields Telling(Action<string> other) => new(element, path, other);

    /// <summary>A number, or a text that is one.</summary>
    public double? Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : TextOf(value) is { } text ? ParseNumber(text) : null;
        return number ?? LeftOut<double>(name, "is not a number");
    }

    /// <summary>True or false, 1 or 0, or a text that says so.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        bool? flag = (TextOf(value) ?? value.GetRawText()).ToLowerInvariant() switch
        {
            "true" or "1" or "1.0" or "yes" => true,
            "false" or "0" or "0.0" or "no" => false,
            _ => null,
        };
        return flag ?? LeftOut<bool>(name, "is neither true nor false");
    }

    /// <summary>A text as it stands there; a number, as a title can be one, becomes the text of it.</summary>
    public string? String(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value);
        if (text is null)
        {
            correct($"{path}{name} is not a text: left out");
        }

        return text;
    }

    /// <summary>An object, also one that is written into a text.</summary>
    public JsonFields? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var found = Unpacked(value);
        return found.ValueKind == JsonValueKind.Object
            ? new JsonFields(found, $"{path}{name}.", correct)
            : LeftOut<JsonFields>(name, "is not an object");
    }

    /// <summary>A list: an array, also one that is written into a text; one object or number in place of it; or names with commas between.</summary>
    public IReadOnlyList<JsonElement>? Items(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var found = Unpacked(value);
        switch (found.ValueKind)
        {
            case JsonValueKind.Array:
                return [.. found.EnumerateArray()];
            case JsonValueKind.Object or JsonValueKind.Number:
                return [found];
            case JsonValueKind.String when TextOf(found) is { } text:
                return [.. text.Split([',', '|', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(OfText)];
            default:
                correct($"{path}{name} is not a list: left out");
                return null;
        }
    }

    /// <summary>The fields of this object that are objects themselves, by name.</summary>
    public IEnumerable<(string Name, JsonFields Fields)> Objects()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (Object(property.Name) is { } fields)
            {
                yield return (property.Name, fields);
            }
        }
    }

    /// <summary>What kind of value a field has; undefined where it is missing or empty.</summary>
    public JsonValueKind KindOf(string name) => Find(name) is { } value ? Unpacked(value).ValueKind : JsonValueKind.Undefined;

    /// <summary>The text of an item of a list; null where it is none.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: no text of any language.
            return null;
        }
    }

    /// <summary>The number that a text is, in any width of digits; null where it is none.</summary>
    public static double? ParseNumber(string text) =>
        double.TryParse(FoldedText.Of(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static JsonElement OfText(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    // Tables keep lists and objects as JSON in a text.
    private static JsonElement Unpacked(JsonElement value)
    {
        if (TextOf(value) is not ['[' or '{', ..] text)
        {
            return value;
        }

        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private JsonElement? Find(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && !IsBlank(value) ? value : null;

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value)[1..^1].Trim(" "u8).IsEmpty;

    private T? LeftOut<T>(string name, string fault)
        where T : struct
    {
        correct($"{path}{name} {fault}: left out");
        return null;
    }
}
