namespace MovieSir.Inference.Offline.Import.Reading;

internal static class Text
{
    /// <summary>How much of a line is shown.</summary>
    public const int ExcerptBytes = 200;

    /// <summary>Trims a text and takes out NUL, which PostgreSQL cannot store; null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var cleaned = (text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text).Trim();
        return cleaned.Length == 0 ? null : cleaned;
    }

    /// <summary>The first <paramref name="maxChars"/> of a text; a character outside the basic plane is never halved.</summary>
    public static string Cut(string text, int maxChars)
    {
        if (text.Length <= maxChars)
        {
            return text;
        }

        return char.IsHighSurrogate(text[maxChars - 1]) ? text[..(maxChars - 1)] : text[..maxChars];
    }

    /// <summary>The beginning of a line, for a person to find it by; what is not UTF-8 becomes U+FFFD, control characters become spaces.</summary>
    public static string Excerpt(ReadOnlySpan<byte> line)
    {
        var text = System.Text.Encoding.UTF8.GetString(line.Length > ExcerptBytes ? line[..ExcerptBytes] : line);
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }

    /// <summary>Whether a text holds a Hangul syllable or letter.</summary>
    public static bool HasHangul(string? text) => text is not null && text.AsSpan().ContainsAnyInRange('\uAC00', '\uD7A3')
        || text is not null && text.AsSpan().ContainsAnyInRange('\u3131', '\u318E');
}
