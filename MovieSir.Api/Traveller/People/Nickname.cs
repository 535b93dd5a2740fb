using System.Globalization;
using System.Text;

namespace MovieSir.Api.Traveller.People;

/// <summary>A nickname: as it was written, and in the form in which two are compared. Its rules stand here alone.</summary>
internal sealed record Nickname(string Text, string Key)
{
    public const int Shortest = 2;
    public const int Longest = 16;
    private const int LongestText = 64;

    /// <returns>The nickname, or what is wrong with it, for a person.</returns>
    public static (Nickname? Nickname, string? Problem) Read(string? text)
    {
        var trimmed = text is { Length: <= 4 * LongestText } ? text.Trim().Normalize(NormalizationForm.FormC) : "";
        var length = new StringInfo(trimmed).LengthInTextElements;
        if (length is < Shortest or > Longest || trimmed.Length > LongestText)
        {
            return (null, $"must have {Shortest} to {Longest} characters.");
        }

        if (!trimmed.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '_' or '-' || IsMark(rune)))
        {
            return (null, "may have letters, digits, spaces, - and _ alone.");
        }

        return trimmed.EnumerateRunes().All(rune => rune.Value is >= 0x3131 and <= 0x318E or >= 0x1100 and <= 0x11FF or ' ')
            ? (null, "must not be bare consonants or vowels.")
            : (new Nickname(trimmed, trimmed.Normalize(NormalizationForm.FormKC).ToUpperInvariant()), null);
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
