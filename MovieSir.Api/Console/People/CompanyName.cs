using System.Text;

namespace MovieSir.Api.Console.People;

/// <summary>What a company may be called.</summary>
internal static class CompanyName
{
    public const int Longest = 100;

    /// <summary>Reads a name; null where the text is none: empty, too long, or with signs that are not seen.</summary>
    public static string? Read(string? text) =>
        text?.Trim().Normalize(NormalizationForm.FormC) is { Length: > 0 and <= Longest } name && !name.Any(char.IsControl) ? name : null;
}
