using System.Text;
using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Inference.Encoding;

/// <summary>
/// Whether a text can be read as English. An English vocabulary often holds the single letters of other scripts (BERT's has Hangul's jamo, kana and
/// Cyrillic), so that its tokens look known; but the model has learned nothing of them, and all such texts would get nearly one vector.
/// </summary>
internal static class EnglishText
{
    /// <summary>
    /// Whether more than half of the letters are Latin. Digits belong to no script: they count only where there are no letters ("1917" can be
    /// read, and "007 스펙터" cannot).
    /// </summary>
    public static bool IsReadable(string text)
    {
        int latin = 0, other = 0, digits = 0;
        foreach (var rune in text.EnumerateRunes().Where(Letters.IsLetterOrDigit))
        {
            digits += Rune.IsDigit(rune) ? 1 : 0;
            latin += !Rune.IsDigit(rune) && IsLatin(rune) ? 1 : 0;
            other += !Rune.IsDigit(rune) && !IsLatin(rune) ? 1 : 0;
        }

        return latin + other > 0 ? latin > other : digits > 0;
    }

    // Basic Latin to Latin Extended-B, and Latin Extended Additional. Only letters come here.
    private static bool IsLatin(Rune letter) => letter.Value is <= 0x024F or (>= 0x1E00 and <= 0x1EFF);
}
