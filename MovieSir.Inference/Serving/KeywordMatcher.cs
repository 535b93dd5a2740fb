using System.Buffers;
using MovieSir.Inference.Catalog;

namespace MovieSir.Inference.Serving;

/// <summary>
/// Tells movies whose titles, overviews or keywords hold one of some texts, in any case. A text in ASCII is found as whole words, with anything but
/// letters and digits between them; any other text is found anywhere, since Korean joins particles to its words. Not for several threads at once.
/// </summary>
internal sealed class KeywordMatcher
{
    // Beginnings of what is looked for. Most movies hold none of them, and are not looked at closer.
    private readonly SearchValues<string>[] _beginnings;
    private readonly SearchValues<string>? _words;
    private readonly SearchValues<string>? _parts;
    private readonly ArrayBufferWriter<char> _text = new(4096);
    private readonly ArrayBufferWriter<char> _spaced = new(4096);

    private KeywordMatcher(string[] words, string[] parts)
    {
        // Apart: letters without case, as Hangul's, are found five times as fast where case counts.
        string[] caseless = [.. parts.Where(part => part.All(letter => char.ToUpperInvariant(letter) == letter))];
        _beginnings =
        [
            SearchValues.Create([.. words.Select(FirstWord), .. parts.Except(caseless)], StringComparison.OrdinalIgnoreCase),
            SearchValues.Create(caseless, StringComparison.Ordinal),
        ];
        _words = words.Length == 0 ? null : SearchValues.Create(words, StringComparison.Ordinal);
        _parts = parts.Length == 0 ? null : SearchValues.Create(parts, StringComparison.Ordinal);
    }

    /// <returns>Null where the texts hold nothing to look for.</returns>
    public static KeywordMatcher? Create(IEnumerable<string> texts)
    {
        var lower = texts.Select(text => text.Trim().ToLowerInvariant()).Where(text => text.Length > 0).ToLookup(text => text.All(char.IsAscii));
        string[] words = [.. lower[true].Select(Spaced).Where(words => words.Length > 1)];
        string[] parts = [.. lower[false]];
        return words.Length + parts.Length == 0 ? null : new KeywordMatcher(words, parts);
    }

    public bool Matches(in MovieRecord movie)
    {
        ReadOnlySpan<string?> texts = [movie.TitleEn, movie.OriginalTitle, movie.TitleKo, movie.Overview, movie.OtherText];
        return HasBeginning(texts) && Matches(texts);
    }

    private bool HasBeginning(ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            foreach (var beginnings in _beginnings)
            {
                if (text.AsSpan().ContainsAny(beginnings))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Matches(ReadOnlySpan<string?> texts)
    {
        _text.ResetWrittenCount();
        foreach (var text in texts)
        {
            _text.Advance(text.AsSpan().ToLowerInvariant(_text.GetSpan(text?.Length ?? 0)));
            _text.Write(" ");
        }

        if (_parts is not null && _text.WrittenSpan.ContainsAny(_parts))
        {
            return true;
        }

        if (_words is null)
        {
            return false;
        }

        _spaced.ResetWrittenCount();
        WriteSpaced(_text.WrittenSpan, _spaced);
        return _spaced.WrittenSpan.ContainsAny(_words);
    }

    private static string FirstWord(string spaced) => spaced[1..spaced.IndexOf(' ', 1)];

    private static string Spaced(string text)
    {
        var spaced = new ArrayBufferWriter<char>();
        WriteSpaced(text, spaced);
        return spaced.WrittenSpan.ToString();
    }

    /// <summary>Letters and digits, with one space before, between and after the words.</summary>
    private static void WriteSpaced(ReadOnlySpan<char> text, ArrayBufferWriter<char> to)
    {
        var span = to.GetSpan(text.Length + 2);
        span[0] = ' ';
        var length = 1;
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                span[length++] = letter;
            }
            else if (span[length - 1] != ' ')
            {
                span[length++] = ' ';
            }
        }

        if (span[length - 1] != ' ')
        {
            span[length++] = ' ';
        }

        to.Advance(length);
    }
}
