using System.Globalization;
using System.Text;

namespace MovieSir.Data.Names;

/// <summary>
/// Names as they are compared: letters and digits alone, without case, accents, width, spaces and punctuation. Hangul is written letter by letter
/// (기생 as ㄱㅣㅅㅐㅇ), so that a typing error is one letter and what was typed one by one is the same name.
/// </summary>
public static class NameLetters
{
    private const char FirstInitial = '\u1100';
    private const char FirstMedial = '\u1161';
    private const char FirstFinal = '\u11A8';

    private static readonly string Initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

    private static readonly string[] Medials =
    [
        "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
    ];

    private static readonly string[] Finals =
    [
        "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ",
        "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
    ];

    /// <summary>The letters of a name; empty where it has none.</summary>
    public static string Of(string name)
    {
        var letters = new StringBuilder(name.Length * 2);
        foreach (var letter in FoldedText.Of(name).Normalize(NormalizationForm.FormD))
        {
            Append(letters, letter);
        }

        return letters.ToString();
    }

    /// <summary>The first letters of a name's syllables, as Koreans abbreviate it: ㄱㅅㅊ of 기생충. Empty where a name has no Hangul.</summary>
    public static string InitialsOf(string name)
    {
        var initials = new StringBuilder(name.Length);
        var hasHangul = false;
        foreach (var letter in FoldedText.Of(name))
        {
            if (letter is >= '가' and <= '힣')
            {
                hasHangul = true;
                initials.Append(Initials[(letter - '가') / (21 * 28)]);
            }
            else if (char.IsLetterOrDigit(letter))
            {
                Append(initials, letter);
            }
        }

        return hasHangul ? initials.ToString() : "";
    }

    /// <summary>Whether letters (as <see cref="Of"/> gives them) can only be the first letters of syllables: no vowel, and no other script.</summary>
    public static bool AreInitials(string letters) =>
        letters.Length > 1 && letters.All(letter => Initials.Contains(letter, StringComparison.Ordinal));

    private static void Append(StringBuilder letters, char letter)
    {
        switch (letter)
        {
            case >= FirstInitial and < (char)(FirstInitial + 19):
                letters.Append(Initials[letter - FirstInitial]);
                break;
            case >= FirstMedial and < (char)(FirstMedial + 21):
                letters.Append(Medials[letter - FirstMedial]);
                break;
            case >= FirstFinal and < (char)(FirstFinal + 27):
                letters.Append(Finals[letter - FirstFinal]);
                break;
            case '&':
                letters.Append("and");
                break;
            default:
                if (char.IsLetterOrDigit(letter))
                {
                    letters.Append(WithoutMark(char.ToLowerInvariant(letter)));
                }

                break;
        }
    }

    // Letters whose mark is no accent to Unicode.
    private static string WithoutMark(char letter) => letter switch
    {
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        _ => letter.ToString(CultureInfo.InvariantCulture),
    };
}
