using System.Buffers;
using System.Text;
using MovieSir.Data.Names;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>Brings the texts of every import into one form: composed (NFC), without control and invisible characters, trimmed.</summary>
internal static class Text
{
    /// <summary>How much of a line is shown.</summary>
    public const int ExcerptBytes = 200;

    private static readonly SearchValues<char> Hangul = SearchValues.Create(
    [
        .. Range('\u1100', '\u11FF'), .. Range('\u3131', '\u318E'), .. Range('\uA960', '\uA97C'), .. Range('\uAC00', '\uD7A3'),
        .. Range('\uD7B0', '\uD7FB'), .. Range('\uFFA1', '\uFFDC'),
    ]);

    // Control characters, and those that cannot be seen and join nothing: byte order marks, soft hyphens, directions of writing.
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
    [
        .. Range('\0', '\u001F'), .. Range('\u007F', '\u009F'), '\u00AD', '\u200B', '\u200E', '\u200F', .. Range('\u2028', '\u202E'),
        .. Range('\u2060', '\u2069'), '\uFEFF',
    ]);

    /// <summary>A name on one line: a title, a genre, a provider, a keyword, a tag.</summary>
    /// <returns>Null where nothing is left of it.</returns>
    public static string? Clean(string? text) => Clean(text, lineBreak: ' ');

    /// <summary>A text that may have paragraphs.</summary>
    /// <returns>Null where nothing is left of it.</returns>
    public static string? CleanLines(string? text) => Clean(text, lineBreak: '\n');

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

    /// <summary>Whether a text holds Hangul: syllables, letters, or half-width letters.</summary>
    public static bool HasHangul(string? text) => text is not null && text.AsSpan().ContainsAny(Hangul);

    /// <summary>Whether a text can be read in Latin letters: it has one, or no letter at all (<c>1917</c>).</summary>
    public static bool IsLatin(string text)
    {
        var hasLetters = false;
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                hasLetters = true;
                if (IsLatinLetter(c))
                {
                    return true;
                }
            }
        }

        return !hasLetters;
    }

    private static string? Clean(string? text, char lineBreak)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var composed = FoldedText.WellFormed(text).Normalize(NormalizationForm.FormC);
        var cleaned = (composed.AsSpan().ContainsAny(Unwanted) ? Rewrite(composed, lineBreak) : composed).Trim();
        return cleaned.Length == 0 ? null : cleaned;
    }

    private static string Rewrite(string text, char lineBreak)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsLineBreak(text[i]))
            {
                // CR and LF are one end of a line.
                if (text[i] != '\n' || i == 0 || text[i - 1] != '\r')
                {
                    kept.Append(lineBreak);
                }
            }
            else if (text[i] == '\t')
            {
                kept.Append(' ');
            }
            else if (!Unwanted.Contains(text[i]))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    private static bool IsLineBreak(char c) => c is '\n' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsLatinLetter(char c) =>
        char.IsAsciiLetter(c) || c is (>= '\u00C0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') or (>= '\uFF21' and <= '\uFF5A');

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
