using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace MovieSir.Api.Accounts;

/// <summary>An e-mail address: as it was written, and in the form in which two are compared.</summary>
internal sealed record EmailAddress(string Text, string Key)
{
    public const int MaximumLength = 254;
    private const int LocalLength = 64;

    /// <summary>Reads an address; null where the text is none.</summary>
    /// <remarks>
    /// Compared are addresses in NFKC without case, domains as IDNA: what looks the same is the same. Mail servers may tell the case of local parts
    /// apart; none that people use does.
    /// </remarks>
    public static EmailAddress? Read(string? text)
    {
        // No name, no comment, no quotes, and nothing that could end a header.
        if (text?.Trim().Normalize(NormalizationForm.FormC) is not { Length: > 2 and <= MaximumLength } trimmed
            || trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)
                || c is '"' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '\\' or '[' or ']')
            || trimmed.LastIndexOf('@') is var at && (at < 1 || at > LocalLength || trimmed.IndexOf('@', StringComparison.Ordinal) != at)
            || !MailAddress.TryCreate(trimmed, out _))
        {
            return null;
        }

        try
        {
            var domain = new IdnMapping { UseStd3AsciiRules = true }
                .GetAscii(trimmed[(at + 1)..].Normalize(NormalizationForm.FormKC)).ToLowerInvariant();
            return domain.Contains('.', StringComparison.Ordinal) && !domain.EndsWith('.')
                ? new EmailAddress(trimmed, $"{trimmed[..at].Normalize(NormalizationForm.FormKC).ToLowerInvariant()}@{domain}")
                : null;
        }
        catch (ArgumentException)
        {
            return null; // no domain
        }
    }
}
