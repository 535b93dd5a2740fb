using System.Text.RegularExpressions;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary>
/// TMDB's API Read Access Token. It travels in a header; the shorter "API Key" of the same page travels in the URL, where logs, traces and proxies
/// keep it, and is not taken.
/// </summary>
internal sealed partial class TmdbKey
{
    private TmdbKey(string token) => Token = token;

    public string Token { get; }

    /// <summary>Checks a token.</summary>
    /// <exception cref="ImportException">It is missing, or is not a token; says where to get one.</exception>
    public static TmdbKey Parse(string? token)
    {
        const string WhereToGetOne = "Get the \"API Read Access Token\" (free of charge) at themoviedb.org, Settings, API";
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new ImportException($"TMDB wants a key. {WhereToGetOne}, and set the environment variable TMDB_API_KEY (or pass --tmdb-key).");
        }

        var trimmed = token.Trim();
        if (ApiKeyPattern.IsMatch(trimmed))
        {
            throw new ImportException(
                $"This is TMDB's short \"API Key\", which goes into URLs, where logs would keep it. {WhereToGetOne}: the long one on the same page.");
        }

        return TokenPattern.IsMatch(trimmed)
            ? new TmdbKey(trimmed)
            : throw new ImportException($"The TMDB key does not look like one. {WhereToGetOne}.");
    }

    public override string ToString() => "[redacted]";

    [GeneratedRegex("^[0-9a-fA-F]{32}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ApiKeyPattern { get; }

    [GeneratedRegex("^[A-Za-z0-9._~+/=-]{16,2000}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TokenPattern { get; }
}
