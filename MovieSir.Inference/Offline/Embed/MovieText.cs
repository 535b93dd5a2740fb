using System.Security.Cryptography;
using MovieSir.Inference.Encoding;

namespace MovieSir.Inference.Offline.Embed;

/// <summary>The facts of a movie that its embedding is made from.</summary>
internal sealed record MovieFacts(
    int MovieId, string Title, string? TitleKo, int? Year, string[] Genres, string[] Keywords, string? Overview, string? OverviewKo);

/// <summary>
/// A movie as one text: <c>Title (year). Genres. Keywords. Overview.</c> Of 14 ways to write it, tried on 1,162 movies, this gave the default
/// encoder's neighbors most in common with what people like together while still saying what happens in the movie: nDCG@10 against
/// the 20 nearest by co-rating .131, where title and overview alone give .094, and the overview alone .075. What comes last is what
/// a model of few tokens cuts off.
/// </summary>
internal static class MovieText
{
    private const int MaxKeywords = 20;

    /// <summary>
    /// Writes the text: in English, and for a multilingual encoder with the Korean title beside it and the Korean overview where there is
    /// no English one. An English encoder knows nothing of Korean words, so that they would only take the place of what it knows.
    /// </summary>
    public static string Compose(MovieFacts movie, bool isMultilingual)
    {
        var title = isMultilingual && movie.TitleKo is { Length: > 0 } korean && korean != movie.Title ? $"{movie.Title} / {korean}" : movie.Title;
        var overview = string.IsNullOrWhiteSpace(movie.Overview) && isMultilingual ? movie.OverviewKo : movie.Overview;
        string?[] sentences =
        [
            movie.Year is { } year ? $"{title} ({year})" : title,
            string.Join(", ", movie.Genres),
            string.Join(", ", movie.Keywords.Take(MaxKeywords)),
            overview,
        ];
        return string.Join(". ", sentences.Where(sentence => !string.IsNullOrWhiteSpace(sentence)));
    }

    /// <summary>What decides a movie's vector: the text and how this encoder treats it. While the hash stays, so does the vector.</summary>
    public static byte[] Hash(string text, ISentenceEncoder encoder) =>
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{encoder.Recipe}\n{text}"));
}
