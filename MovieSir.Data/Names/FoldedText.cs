using System.Text;

namespace MovieSir.Data.Names;

/// <summary>Texts as they are compared: full-width letters and separate letters of Hangul are the same as the usual ones (Unicode's NFKC).</summary>
public static class FoldedText
{
    /// <summary>Folds a text. Half of a surrogate pair, which no name has and which cannot be normalized, becomes U+FFFD.</summary>
    public static string Of(string text) => WellFormed(text).Normalize(NormalizationForm.FormKC);

    /// <summary>The text with U+FFFD for each half of a surrogate pair that stands alone.</summary>
    public static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var runes = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            runes.Append(rune);
        }

        return runes.ToString();
    }
}
