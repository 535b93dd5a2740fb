using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Inference.Import.Reading;

namespace MovieSir.Inference.Import.Films;

/// <summary>
/// Makes a checked <see cref="FilmRecord"/> of TMDB's JSON. A film without an id or a title is refused; any other field that cannot be is left out and
/// the film kept.
/// </summary>
internal static partial class FilmReader
{
    /// <summary>A day: what is longer is an installation or a typing error, and no set of films could hold it.</summary>
    public const int MaxRuntimeMinutes = 1440;

    private const int MaxTitleChars = 500;
    private const int MaxOverviewChars = 10_000;
    private const int MaxNameChars = 200;
    private const int MaxGenres = 50;
    private const int MaxKeywords = 200;
    private const int MaxAvailability = 5_000;
    private static readonly DateOnly FirstFilm = new(1870, 1, 1);
    private static readonly DateOnly LastAnnounced = new(2100, 1, 1);

    /// <summary>Reads one film.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="correct">Is told of each field that was left out.</param>
    /// <returns>The film, or the reason why there is none.</returns>
    public static (FilmRecord? Film, string? Rejection) Read(ReadOnlySpan<byte> json, Action<string> correct)
    {
        TmdbFilm? film;
        try
        {
            film = JsonSerializer.Deserialize(json, TmdbJsonContext.Default.TmdbFilm);
        }
        catch (JsonException exception)
        {
            return (null, Explain(exception));
        }

        if (film is null)
        {
            return (null, "not a JSON object");
        }

        if (film.Id is not { } id || !IsId(id))
        {
            return (null, film.Id is null ? "no id" : "id is not a positive integer");
        }

        var title = Title(film);
        if (title is null || title.Length > MaxTitleChars)
        {
            return (null, title is null ? "no title" : $"title of more than {MaxTitleChars} characters");
        }

        return (new FilmRecord((int)id, title, film.AvailabilityIsSample == true ? FilmRank.Sample : FilmRank.Film)
        {
            ImdbId = Matching(film.ImdbId, ImdbIdPattern, "imdb_id", correct),
            OriginalTitle = Bounded(film.OriginalTitle, MaxTitleChars, "original_title", correct),
            TitleKo = Bounded(TitleKo(film), MaxTitleChars, "Korean title", correct),
            Overview = Bounded(Overview(film), MaxOverviewChars, "overview", correct),
            OverviewKo = Bounded(OverviewKo(film), MaxOverviewChars, "Korean overview", correct),
            OriginalLanguage = Matching(film.OriginalLanguage, LanguagePattern, "original_language", correct),
            ReleaseDate = ReleaseDate(film, correct),
            RuntimeMinutes = RuntimeMinutes(film, correct),
            VoteAverage = (float?)InRange(film.VoteAverage, 0, 10, "vote_average", correct),
            VoteCount = (int?)InRange(film.VoteCount, 0, int.MaxValue, "vote_count", correct),
            Popularity = (float?)InRange(film.Popularity, 0, 1e9, "popularity", correct),
            Adult = film.Adult,
            PosterPath = Matching(film.PosterPath, PosterPattern, "poster_path", correct),
            Keywords = Keywords(film, correct),
            Genres = Genres(film, correct),
            Availability = Availability(film, correct),
        }, null);
    }

    // An answer that was asked for in Korean has Korean in `title` and `overview`; the catalogue keeps both languages, whichever was asked for.
    private static string? Title(TmdbFilm film)
    {
        var title = Text.Clean(film.Title);
        var international = Text.HasHangul(title) ? Text.Clean(Translation(film, "en", "US")?.Title) : title;
        var original = Text.Clean(film.OriginalTitle);
        return international ?? (Text.HasHangul(original) ? title : original) ?? title ?? original;
    }

    private static string? TitleKo(TmdbFilm film) =>
        Text.Clean(Translation(film, "ko", "KR")?.Title)
        ?? (Text.HasHangul(film.Title) ? Text.Clean(film.Title) : null)
        ?? (Text.HasHangul(film.OriginalTitle) ? Text.Clean(film.OriginalTitle) : null);

    private static string? Overview(TmdbFilm film) =>
        Text.HasHangul(film.Overview) ? Text.Clean(Translation(film, "en", "US")?.Overview) : Text.Clean(film.Overview);

    private static string? OverviewKo(TmdbFilm film) =>
        Text.Clean(Translation(film, "ko", "KR")?.Overview) ?? (Text.HasHangul(film.Overview) ? Text.Clean(film.Overview) : null);

    /// <summary>A language's translation: of the region where there is one.</summary>
    private static TmdbTranslationData? Translation(TmdbFilm film, string language, string region)
    {
        TmdbTranslationData? found = null;
        foreach (var translation in film.Translations?.Translations ?? [])
        {
            if (translation?.Language != language || translation.Data is null)
            {
                continue;
            }

            if (translation.Region == region)
            {
                return translation.Data;
            }

            found ??= translation.Data;
        }

        return found;
    }

    private static DateOnly? ReleaseDate(TmdbFilm film, Action<string> correct)
    {
        if (string.IsNullOrWhiteSpace(film.ReleaseDate))
        {
            return null;
        }

        if (DateOnly.TryParseExact(film.ReleaseDate.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date >= FirstFilm && date <= LastAnnounced)
        {
            return date;
        }

        correct("release_date is no date that a film can have: left out");
        return null;
    }

    private static short? RuntimeMinutes(TmdbFilm film, Action<string> correct)
    {
        // TMDB writes 0 where it does not know.
        if (film.Runtime is not { } minutes || minutes == 0)
        {
            return null;
        }

        if (minutes >= 1 && minutes <= MaxRuntimeMinutes)
        {
            return (short)Math.Round(minutes);
        }

        correct($"runtime is not within 1 to {MaxRuntimeMinutes} minutes: left out");
        return null;
    }

    private static double? InRange(double? value, double min, double max, string field, Action<string> correct)
    {
        if (value is null || value >= min && value <= max)
        {
            return value;
        }

        correct(string.Create(CultureInfo.InvariantCulture, $"{field} is not within {min} to {max}: left out"));
        return null;
    }

    private static string? Matching(string? value, Regex pattern, string field, Action<string> correct)
    {
        var cleaned = Text.Clean(value);
        if (cleaned is null || pattern.IsMatch(cleaned))
        {
            return cleaned;
        }

        correct($"{field} is not of its usual form: left out");
        return null;
    }

    private static string? Bounded(string? value, int maxChars, string field, Action<string> correct)
    {
        var cleaned = Text.Clean(value);
        if (cleaned is null || cleaned.Length <= maxChars)
        {
            return cleaned;
        }

        correct($"{field} of more than {maxChars} characters: cut");
        return Text.Cut(cleaned, maxChars);
    }

    private static string[]? Keywords(TmdbFilm film, Action<string> correct)
    {
        if (film.Keywords?.Keywords is not { } keywords)
        {
            return null;
        }

        var names = keywords
            .Select(keyword => Text.Clean(keyword?.Name))
            .OfType<string>()
            .Where(name => name.Length <= MaxNameChars)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return Limited(names, MaxKeywords, "keywords", correct);
    }

    private static GenreRecord[]? Genres(TmdbFilm film, Action<string> correct)
    {
        if (film.Genres is null)
        {
            return null;
        }

        var genres = new List<GenreRecord>(film.Genres.Length);
        foreach (var genre in film.Genres)
        {
            if (genre?.Id is { } id && IsId(id) && Text.Clean(genre.Name) is { Length: <= MaxNameChars } name)
            {
                genres.Add(new GenreRecord((int)id, name));
            }
            else
            {
                correct("a genre without id or name: left out");
            }
        }

        return Limited(genres.DistinctBy(genre => genre.GenreId).ToArray(), MaxGenres, "genres", correct);
    }

    private static AvailabilityRecord[]? Availability(TmdbFilm film, Action<string> correct)
    {
        if (film.WatchProviders?.Results is not { } regions)
        {
            return null;
        }

        var availability = new List<AvailabilityRecord>();
        foreach (var (region, offers) in regions)
        {
            if (!RegionPattern.IsMatch(region))
            {
                correct("a region that is not a two-letter country code: left out");
                continue;
            }

            Add(region, "flatrate", offers?.Flatrate);
            Add(region, "free", offers?.Free);
            Add(region, "ads", offers?.Ads);
            Add(region, "rent", offers?.Rent);
            Add(region, "buy", offers?.Buy);
        }

        return Limited(availability.DistinctBy(offer => (offer.ProviderId, offer.Region, offer.Terms)).ToArray(), MaxAvailability, "watch/providers", correct);

        void Add(string region, string terms, TmdbProvider?[]? providers)
        {
            foreach (var provider in providers ?? [])
            {
                if (provider?.ProviderId is { } id && IsId(id) && Text.Clean(provider.ProviderName) is { Length: <= MaxNameChars } name)
                {
                    availability.Add(new AvailabilityRecord((int)id, name, region, terms));
                }
                else
                {
                    correct("a provider without id or name: left out");
                }
            }
        }
    }

    private static T[] Limited<T>(T[] items, int max, string field, Action<string> correct)
    {
        if (items.Length <= max)
        {
            return items;
        }

        correct($"more than {max} {field}: the others are left out");
        return items[..max];
    }

    private static bool IsId(double value) => value >= 1 && value <= int.MaxValue && value == Math.Floor(value);

    private static string Explain(JsonException exception)
    {
        // A path is given for a value of the wrong type, and for text that breaks off within a value.
        var path = exception.Path is { Length: > 2 } whole ? whole[2..] : null;
        return exception.InnerException is null or FormatException or InvalidOperationException && path is not null
            ? $"{path}: the value is not of the expected type"
            : "not valid JSON";
    }

    [GeneratedRegex(@"^tt\d{5,10}$", RegexOptions.CultureInvariant)]
    private static partial Regex ImdbIdPattern { get; }

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z]{2,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern { get; }

    [GeneratedRegex(@"^/[\w.-]{1,200}$", RegexOptions.CultureInvariant)]
    private static partial Regex PosterPattern { get; }

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex RegionPattern { get; }
}
