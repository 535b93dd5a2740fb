using System.Text;
using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Inference.Encoding;

/// <summary>
/// Whether a text can be read as English. An English vocabulary often holds the single letters of other scripts (BERT's has Hangul's jamo, kana and
/// Cyrillic), so that its tokens look known; but the model has learned nothing of them, and all such texts would get nearly one vector.
/// </summary>
internal static class EnglishText
{
    /// <summary>Whether there is a letter or digit at all, and at least half of them are Latin letters or digits.</summary>
    public static bool IsReadable(string text)
    {
        int letters = 0, readable = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Letters.IsLetterOrDigit(rune))
            {
                letters++;
                readable += IsLatin(rune) || Rune.IsDigit(rune) ? 1 : 0;
            }
        }

        return letters > 0 && readable * 2 >= letters;
    }

    // Basic Latin to Latin Extended-B, and Latin Extended Additional. Only letters come here.
    private static bool IsLatin(Rune letter) => letter.Value is <= 0x024F or (>= 0x1E00 and <= 0x1EFF);
}
