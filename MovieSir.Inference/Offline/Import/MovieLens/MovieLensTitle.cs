using System.Globalization;
using System.Text.RegularExpressions;

namespace MovieSir.Inference.Offline.Import.MovieLens;

/// <summary>Takes MovieLens' titles apart: <c>American President, The (1995)</c> is <c>The American President</c> of 1995.</summary>
internal static partial class MovieLensTitle
{
    /// <summary>The title as it is read aloud, and its year where it has one.</summary>
    public static (string Title, int? Year) Parse(string text)
    {
        var match = YearPattern.Match(text);
        var year = match.Success ? int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        var title = (match.Success ? text[..match.Index] : text).Trim();
        var article = ArticlePattern.Match(title);
        return (article.Success ? $"{article.Groups["article"].Value} {title[..article.Index]}" : title, year);
    }

    // Series carry a span of years: the first is the release.
    [GeneratedRegex(
        @"\s*\((?<year>(18[7-9]|19\d|20\d)\d)([-–]\s*(\d{4})?)?\)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearPattern { get; }

    [GeneratedRegex(", (?<article>The|An?)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ArticlePattern { get; }
}
