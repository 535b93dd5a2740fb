using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import.Movies;

/// <summary>A movie, or the reason why there is none.</summary>
internal readonly record struct MovieReading(MovieRecord? Movie, string? Rejection);

/// <summary>
/// Makes a checked <see cref="MovieRecord"/> of JSON in the shape of TMDB's movie-details answer, with translations, keywords and watch providers
/// appended. A movie without an id or a title is refused. Any other field may be missing, or of another kind: it is read if it can be, or left out
/// and the movie kept.
/// </summary>
internal static partial class MovieReader
{
    /// <summary>A day: what is longer is an installation or a typing error, and no set of movies could hold it.</summary>
    public const int MaxRuntimeMinutes = 1440;

    /// <summary>No movie has so many; together with a catalog's ratings it can still be counted.</summary>
    private const int MaxVotes = 1_000_000_000;

    private const int MaxTitleChars = 500;
    private const int MaxOverviewChars = 10_000;
    private const int MaxDepth = 1024;
    private static readonly DateOnly FirstMovie = new(1870, 1, 1);
    private static readonly DateOnly LastAnnounced = new(2100, 1, 1);

    // What else a source has beside the fields that are read may be nested as it likes; Python and people leave commas behind.
    private static readonly JsonDocumentOptions Lenient = new()
    {
        MaxDepth = MaxDepth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads one movie.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="correct">Is told of each field that was left out.</param>
    public static MovieReading Read(ReadOnlyMemory<byte> json, Action<string> correct)
    {
        using var document = Parse(json, correct);
        return document is null ? new(null, "not valid JSON") : Read(document.RootElement, correct);
    }

    /// <summary>Reads the movies of an object: one as a rule, or those of a page of TMDB's lists (<c>{"page": 1, "results": [...]}</c>).</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, Action{string})"/>
    public static IReadOnlyList<MovieReading> ReadAll(ReadOnlyMemory<byte> json, Action<string> correct)
    {
        using var document = Parse(json, correct);
        if (document?.RootElement is { ValueKind: JsonValueKind.Object } page
            && !page.TryGetProperty("id", out _) && page.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            return [.. results.EnumerateArray().Select(movie => Read(movie, correct))];
        }

        return [document is null ? new(null, "not valid JSON") : Read(document.RootElement, correct)];
    }

    private static MovieReading Read(JsonElement json, Action<string> correct)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new(null, "not a JSON object");
        }

        var movie = new JsonFields(json, "", correct);
        if (movie.KindOf("id") == JsonValueKind.Undefined)
        {
            return new(null, "no id");
        }

        if (new JsonFields(json, "", static _ => { }).Number("id") is not { } id || !IsId(id))
        {
            return new(null, "id is not a positive integer");
        }

        var language = Matching(movie, "original_language", LanguagePattern, correct);
        var titles = MovieTitles.Of(movie, language);
        var title = titles.English ?? titles.StandIn;
        if (title is null || title.Length > MaxTitleChars)
        {
            return new(null, title is null ? "no title" : $"title of more than {MaxTitleChars} characters");
        }

        var rank = movie.Flag("availability_is_sample") == true ? MovieRank.Sample : MovieRank.Movie;
        return new(new MovieRecord((int)id, title, rank)
        {
            TitleStandsIn = titles.English is null,
            ImdbId = Matching(movie, "imdb_id", ImdbIdPattern, correct),
            OriginalTitle = Bounded(titles.Original, MaxTitleChars, "original_title", correct),
            TitleKo = Bounded(titles.Korean, MaxTitleChars, "Korean title", correct),
            Overview = Bounded(titles.Overview, MaxOverviewChars, "overview", correct),
            OverviewKo = Bounded(titles.OverviewKo, MaxOverviewChars, "Korean overview", correct),
            OriginalLanguage = language,
            ReleaseDate = ReleaseDate(movie, correct),
            RuntimeMinutes = RuntimeMinutes(movie, correct),
            VoteAverage = (float?)InRange(movie, "vote_average", 10, correct),
            VoteCount = (int?)InRange(movie, "vote_count", MaxVotes, correct),
            Popularity = (float?)InRange(movie, "popularity", 1e9, correct),
            Adult = movie.Flag("adult"),
            PosterPath = Matching(movie, "poster_path", PosterPattern, correct),
            Keywords = MovieLists.Keywords(movie, correct),
            Genres = MovieLists.Genres(movie, correct),
            Availability = MovieLists.Availability(movie, correct),
        }, null);
    }

    /// <summary>Null where the text is no JSON. Python's NaN and Infinity, which JSON does not have, are read as null.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> json, Action<string> correct)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException)
        {
            if (JsonText.WithoutNaN(json.Span) is not { } repaired)
            {
                return null;
            }

            try
            {
                var document = JsonDocument.Parse(repaired, Lenient);
                correct("NaN, which is no JSON: left out");
                return document;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static DateOnly? ReleaseDate(JsonFields movie, Action<string> correct)
    {
        if (Text.Clean(movie.String("release_date")) is not { } text)
        {
            return null;
        }

        // A table writes a time of day behind a date.
        var day = text.Length > 10 && text[10] is 'T' or ' ' ? text[..10] : text;
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date >= FirstMovie && date <= LastAnnounced)
        {
            return date;
        }

        correct("release_date is no date that a movie can have: left out");
        return null;
    }

    private static short? RuntimeMinutes(JsonFields movie, Action<string> correct)
    {
        if (movie.KindOf("runtime") != JsonValueKind.String)
        {
            return Checked(movie.Number("runtime"), correct);
        }

        var text = Text.Clean(movie.String("runtime")) ?? "";
        if (JsonFields.ParseNumber(text) is { } number)
        {
            return Checked(number, correct);
        }

        if (DurationPattern.Match(text) is { Success: true } duration)
        {
            return Checked((60 * Part(duration.Groups["hours"])) + Part(duration.Groups["minutes"]), correct);
        }

        correct("runtime is not a number of minutes: left out");
        return null;

        static double Part(Group group) => group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

        static short? Checked(double? minutes, Action<string> correct)
        {
            // TMDB writes 0 where it does not know.
            if (minutes is null or 0)
            {
                return null;
            }

            if (minutes >= 1 && minutes <= MaxRuntimeMinutes)
            {
                return (short)Math.Round(minutes.Value, MidpointRounding.ToEven);
            }

            correct($"runtime is not within 1 to {MaxRuntimeMinutes} minutes: left out");
            return null;
        }
    }

    private static double? InRange(JsonFields movie, string field, double max, Action<string> correct)
    {
        var value = movie.Number(field);
        if (value is null || (value >= 0 && value <= max))
        {
            return value;
        }

        correct(string.Create(CultureInfo.InvariantCulture, $"{field} is not within 0 to {max}: left out"));
        return null;
    }

    private static string? Matching(JsonFields movie, string field, Regex pattern, Action<string> correct)
    {
        var cleaned = Text.Clean(movie.String(field));
        if (cleaned is null || pattern.IsMatch(cleaned))
        {
            return cleaned;
        }

        correct($"{field} is not of its usual form: left out");
        return null;
    }

    private static string? Bounded(string? text, int maxChars, string field, Action<string> correct)
    {
        if (text is null || text.Length <= maxChars)
        {
            return text;
        }

        correct($"{field} of more than {maxChars} characters: cut");
        return Text.Cut(text, maxChars);
    }

    /// <summary>Whether a number can be TMDB's id of something.</summary>
    internal static bool IsId(double value) => value >= 1 && value <= int.MaxValue && value == Math.Floor(value);

    [GeneratedRegex(@"^tt\d{5,10}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ImdbIdPattern { get; }

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z]{2,4})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguagePattern { get; }

    [GeneratedRegex(@"^/[\w.-]{1,200}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PosterPattern { get; }

    // 95 min, 95m, 95분, 1h 35m, 1 hr 35 min, 1시간 35분, and ISO 8601's PT1H35M.
    [GeneratedRegex(
        @"^(?:PT)?(?:(?<hours>\d{1,2})\s*(?:h|hrs?|hours?|시간)\.?\s*)?(?:(?<minutes>\d{1,4}(?:\.\d+)?)\s*(?:m|mins?|minutes?|분)\.?)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationPattern { get; }
}
