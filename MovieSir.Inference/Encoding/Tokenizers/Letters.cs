using System.Globalization;
using System.Text;

namespace MovieSir.Inference.Encoding.Tokenizers;

/// <summary>Letters and digits: what of a text says something. A vocabulary is judged by how many of them it knows.</summary>
internal static class Letters
{
    public static int CountIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            count += IsLetterOrDigit(rune) ? 1 : 0;
        }

        return count;
    }

    public static bool IsLetterOrDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;
}
