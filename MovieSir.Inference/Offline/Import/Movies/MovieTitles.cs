using System.Text.Json;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>
/// The titles and descriptions of a movie in English and Korean, whichever language its source was asked in. An answer in Korean has Korean in
/// <c>title</c> and <c>overview</c>; TMDB gives the original title where a language has none.
/// </summary>
/// <param name="English">The English title, where the record gives it.</param>
/// <param name="StandIn">What stands in for the English title where none is known: the original or the Korean one. Null where there is none.</param>
/// <param name="Korean">The Korean title.</param>
/// <param name="Original">The original title.</param>
/// <param name="Overview">The description in English, or in another language than Korean.</param>
/// <param name="OverviewKo">The description in Korean.</param>
internal sealed record MovieTitles(string? English, string? StandIn, string? Korean, string? Original, string? Overview, string? OverviewKo)
{
    /// <param name="movie">The movie.</param>
    /// <param name="language">Its original language, as checked.</param>
    public static MovieTitles Of(JsonFields movie, string? language)
    {
        var title = Text.Clean(movie.String("title"));
        var original = Text.Clean(movie.String("original_title"));
        var overview = Text.CleanLines(movie.String("overview"));
        var translations = Translations(movie);
        var english = Find(translations, "en", "US");
        var korean = Find(translations, "ko", "KR");
        return new MovieTitles(
            IsEnglish(title, original, language, english) ? title : NotKorean(english?.Title),
            NotKorean(original) ?? NotKorean(title) ?? title ?? original,
            korean?.Title ?? Korean(title) ?? Korean(original),
            original,
            NotKorean(overview) ?? NotKorean(english?.Overview),
            korean?.Overview ?? Korean(overview));

        static string? Korean(string? text) => Text.HasHangul(text) ? text : null;
        static string? NotKorean(string? text) => Text.HasHangul(text) ? null : text;
    }

    /// <summary>
    /// Whether a title is the English one. The original title of a movie in another language is not, unless the source says that it has no other.
    /// </summary>
    private static bool IsEnglish(string? title, string? original, string? language, Translation? english)
    {
        if (title is null || Text.HasHangul(title) || !Text.IsLatin(title))
        {
            return false;
        }

        var isOriginal = title == original && language is not (null or "en");
        return !isOriginal || english is { Title: null };
    }

    private static Translation[] Translations(JsonFields movie) =>
        movie.Object("translations")?.Items("translations") is { } items
            ? [.. items.Where(item => item.ValueKind == JsonValueKind.Object).Select(Translation.Of)]
            : [];

    /// <summary>A language's translation: of the region where there is one.</summary>
    private static Translation? Find(Translation[] translations, string language, string region) =>
        translations.FirstOrDefault(translation => translation.Language == language && translation.Region == region)
        ?? translations.FirstOrDefault(translation => translation.Language == language);

    private sealed record Translation(string? Language, string? Region, string? Title, string? Overview)
    {
        public static Translation Of(JsonElement item)
        {
            var fields = new JsonFields(item, "", static _ => { });
            var data = fields.Object("data");
            return new Translation(
                fields.String("iso_639_1"),
                fields.String("iso_3166_1"),
                Text.Clean(data?.String("title")),
                Text.CleanLines(data?.String("overview")));
        }
    }
}
