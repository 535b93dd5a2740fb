using MovieSir.Api.Movies;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>A line of a history: a movie, and what its viewer said of it.</summary>
/// <param name="Number">Which line or entry it is, from 1 on.</param>
/// <param name="Movie">The movie as the service names it.</param>
/// <param name="Rating">Stars, in halves.</param>
/// <param name="WatchedOn">The day, where the service knows it.</param>
internal sealed record HistoryLine(int Number, NamedMovie Movie, double? Rating, DateOnly? WatchedOn);

/// <summary>Reads what other services export.</summary>
internal static class HistoryFile
{
    public const int MaximumLines = 50_000;
    private const int TitleLength = 500;
    private const int FirstYear = 1870;
    private const int LastYear = 2200;

    /// <summary>A movie, without what cannot be right of it.</summary>
    /// <returns>Null where nothing names it.</returns>
    public static NamedMovie? Name(string? title, int? year, int? tmdbId, string? imdbId)
    {
        var movie = new NamedMovie(
            string.IsNullOrWhiteSpace(title) || title.Length > TitleLength ? null : title.Trim(),
            year is >= FirstYear and <= LastYear ? year : null,
            tmdbId is > 0 ? tmdbId : null,
            imdbId is { Length: > 2 and <= 12 } && imdbId.StartsWith("tt", StringComparison.Ordinal) && imdbId.Skip(2).All(char.IsAsciiDigit)
                ? imdbId
                : null);
        return movie is { Title: null, TmdbId: null, ImdbId: null } ? null : movie;
    }

    /// <summary>Stars of a number between 0.5 and 5; others are none.</summary>
    public static double? Stars(double? number) =>
        number is >= 0.5 and <= 5 ? Math.Round(number.Value * 2, MidpointRounding.AwayFromZero) / 2 : null;

    /// <summary>A day that has come.</summary>
    public static DateOnly? Day(DateOnly? day, DateOnly today) => day is { Year: >= 1888 } && day <= today.AddDays(1) ? day : null;
}
