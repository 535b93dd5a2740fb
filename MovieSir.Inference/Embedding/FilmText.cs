using System.Security.Cryptography;
using MovieSir.Inference.Encoding;

namespace MovieSir.Inference.Embedding;

/// <summary>The facts of a film that its embedding is made from.</summary>
internal sealed record FilmFacts(
    int MovieId, string Title, string? TitleKo, int? Year, string[] Genres, string[] Keywords, string? Overview, string? OverviewKo);

/// <summary>
/// A film as one text: <c>Title (year). Genres. Keywords. Overview.</c> Of 14 ways to write it, tried on 1,162 films, this gave the default
/// encoder's neighbours most in common with what people like together while still saying what happens in the film: nDCG@10 against
/// the 20 nearest by co-rating .131, where title and overview alone give .094, and the overview alone .075. What comes last is what
/// a model of few tokens cuts off.
/// </summary>
internal static class FilmText
{
    private const int MaxKeywords = 20;

    /// <summary>
    /// Writes the text: in English, and for a multilingual encoder with the Korean title beside it and the Korean overview where there is
    /// no English one. An English encoder knows nothing of Korean words, so that they would only take the place of what it knows.
    /// </summary>
    public static string Compose(FilmFacts film, bool isMultilingual)
    {
        var title = isMultilingual && film.TitleKo is { Length: > 0 } korean && korean != film.Title ? $"{film.Title} / {korean}" : film.Title;
        var overview = string.IsNullOrWhiteSpace(film.Overview) && isMultilingual ? film.OverviewKo : film.Overview;
        string?[] sentences =
        [
            film.Year is { } year ? $"{title} ({year})" : title,
            string.Join(", ", film.Genres),
            string.Join(", ", film.Keywords.Take(MaxKeywords)),
            overview,
        ];
        return string.Join(". ", sentences.Where(sentence => !string.IsNullOrWhiteSpace(sentence)));
    }

    /// <summary>What decides a film's vector: the text and how this encoder treats it. While the hash stays, so does the vector.</summary>
    public static byte[] Hash(string text, ISentenceEncoder encoder) =>
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{encoder.Recipe}\n{text}"));
}
