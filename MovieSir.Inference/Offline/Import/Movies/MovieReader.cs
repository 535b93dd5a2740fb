using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>
/// Makes a checked <see cref="MovieRecord"/> of TMDB's JSON. A movie without an id or a title is refused; any other field that cannot be is left out and
/// the movie kept.
/// </summary>
internal static partial class MovieReader
{
    /// <summary>A day: what is longer is an installation or a typing error, and no set of movies could hold it.</summary>
    public const int MaxRuntimeMinutes = 1440;

    private const int MaxTitleChars = 500;
    private const int MaxOverviewChars = 10_000;
    private const int MaxNameChars = 200;
    private const int MaxGenres = 50;
    private const int MaxKeywords = 200;
    private const int MaxAvailability = 5_000;
    private static readonly DateOnly FirstMovie = new(1870, 1, 1);
    private static readonly DateOnly LastAnnounced = new(2100, 1, 1);

    /// <summary>Reads one movie.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="correct">Is told of each field that was left out.</param>
    /// <returns>The movie, or the reason why there is none.</returns>
    public static (MovieRecord? Movie, string? Rejection) Read(ReadOnlySpan<byte> json, Action<string> correct)
    {
        TmdbMovie? movie;
        try
        {
            movie = JsonSerializer.Deserialize(json, TmdbJsonContext.Default.TmdbMovie);
        }
        catch (JsonException exception)
        {
            return (null, Explain(exception));
        }

        if (movie is null)
        {
            return (null, "not a JSON object");
        }

        if (movie.Id is not { } id || !IsId(id))
        {
            return (null, movie.Id is null ? "no id" : "id is not a positive integer");
        }

        var title = Title(movie);
        if (title is null || title.Length > MaxTitleChars)
        {
            return (null, title is null ? "no title" : $"title of more than {MaxTitleChars} characters");
        }

        return (new MovieRecord((int)id, title, movie.AvailabilityIsSample == true ? MovieRank.Sample : MovieRank.Movie)
        {
            ImdbId = Matching(movie.ImdbId, ImdbIdPattern, "imdb_id", correct),
            OriginalTitle = Bounded(movie.OriginalTitle, MaxTitleChars, "original_title", correct),
            TitleKo = Bounded(TitleKo(movie), MaxTitleChars, "Korean title", correct),
            Overview = Bounded(Overview(movie), MaxOverviewChars, "overview", correct),
            OverviewKo = Bounded(OverviewKo(movie), MaxOverviewChars, "Korean overview", correct),
            OriginalLanguage = Matching(movie.OriginalLanguage, LanguagePattern, "original_language", correct),
            ReleaseDate = ReleaseDate(movie, correct),
            RuntimeMinutes = RuntimeMinutes(movie, correct),
            VoteAverage = (float?)InRange(movie.VoteAverage, 0, 10, "vote_average", correct),
            VoteCount = (int?)InRange(movie.VoteCount, 0, int.MaxValue, "vote_count", correct),
            Popularity = (float?)InRange(movie.Popularity, 0, 1e9, "popularity", correct),
            Adult = movie.Adult,
            PosterPath = Matching(movie.PosterPath, PosterPattern, "poster_path", correct),
            Keywords = Keywords(movie, correct),
            Genres = Genres(movie, correct),
            Availability = Availability(movie, correct),
        }, null);
    }

    // An answer that was asked for in Korean has Korean in `title` and `overview`; the catalog keeps both languages, whichever was asked for.
    private static string? Title(TmdbMovie movie)
    {
        var title = Text.Clean(movie.Title);
        var international = Text.HasHangul(title) ? Text.Clean(Translation(movie, "en", "US")?.Title) : title;
        var original = Text.Clean(movie.OriginalTitle);
        return international ?? (Text.HasHangul(original) ? title : original) ?? title ?? original;
    }

    private static string? TitleKo(TmdbMovie movie) =>
        Text.Clean(Translation(movie, "ko", "KR")?.Title)
        ?? (Text.HasHangul(movie.Title) ? Text.Clean(movie.Title) : null)
        ?? (Text.HasHangul(movie.OriginalTitle) ? Text.Clean(movie.OriginalTitle) : null);

    private static string? Overview(TmdbMovie movie) =>
        Text.HasHangul(movie.Overview) ? Text.Clean(Translation(movie, "en", "US")?.Overview) : Text.Clean(movie.Overview);

    private static string? OverviewKo(TmdbMovie movie) =>
        Text.Clean(Translation(movie, "ko", "KR")?.Overview) ?? (Text.HasHangul(movie.Overview) ? Text.Clean(movie.Overview) : null);

    /// <summary>A language's translation: of the region where there is one.</summary>
    private static TmdbTranslationData? Translation(TmdbMovie movie, string language, string region)
    {
        TmdbTranslationData? found = null;
        foreach (var translation in movie.Translations?.Translations ?? [])
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

    private static DateOnly? ReleaseDate(TmdbMovie movie, Action<string> correct)
    {
        if (string.IsNullOrWhiteSpace(movie.ReleaseDate))
        {
            return null;
        }

        if (DateOnly.TryParseExact(movie.ReleaseDate.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date >= FirstMovie && date <= LastAnnounced)
        {
            return date;
        }

        correct("release_date is no date that a movie can have: left out");
        return null;
    }

    private static short? RuntimeMinutes(TmdbMovie movie, Action<string> correct)
    {
        // TMDB writes 0 where it does not know.
        if (movie.Runtime is not { } minutes || minutes == 0)
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

    private static string[]? Keywords(TmdbMovie movie, Action<string> correct)
    {
        if (movie.Keywords?.Keywords is not { } keywords)
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

    private static GenreRecord[]? Genres(TmdbMovie movie, Action<string> correct)
    {
        if (movie.Genres is null)
        {
            return null;
        }

        var genres = new List<GenreRecord>(movie.Genres.Length);
        foreach (var genre in movie.Genres)
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

    private static AvailabilityRecord[]? Availability(TmdbMovie movie, Action<string> correct)
    {
        if (movie.WatchProviders?.Results is not { } regions)
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
