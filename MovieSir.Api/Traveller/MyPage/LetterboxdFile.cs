using System.Globalization;

namespace MovieSir.Api.Traveller.MyPage;

/// <summary>
/// Letterboxd's CSV files: <c>watched.csv</c>, <c>ratings.csv</c>, <c>diary.csv</c>, and the form that it imports itself, which may have ids of
/// TMDB and IMDb.
/// </summary>
internal static class LetterboxdFile
{
    private static readonly string[] Titles = ["Name", "Title"];
    private static readonly string[] TmdbIds = ["tmdbID"];
    private static readonly string[] ImdbIds = ["imdbID"];

    // "Date" is when the entry was written.
    private static readonly string[] Days = ["Watched Date", "WatchedDate"];

    /// <returns>The lines, or what is wrong with the file, for a person.</returns>
    public static (IReadOnlyList<HistoryLine>? Lines, string? Problem) Read(string text, DateOnly today)
    {
        using var rows = CsvText.Read(text).GetEnumerator();
        if (!rows.MoveNext())
        {
            return (null, "is empty.");
        }

        var header = rows.Current.Select((name, column) => (name, column))
            .GroupBy(pair => pair.name.Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(
                names => names.Key, names => names.First().column, StringComparer.OrdinalIgnoreCase);
        if (!Titles.Concat(TmdbIds).Concat(ImdbIds).Any(header.ContainsKey))
        {
            return (null, "is no file of Letterboxd: its first line has no column Name, Title, tmdbID or imdbID.");
        }

        var lines = new List<HistoryLine>();
        for (var number = 2; rows.MoveNext(); number++)
        {
            if (number - 1 > HistoryFile.MaximumLines)
            {
                return (null, $"has more than {HistoryFile.MaximumLines} lines: split it.");
            }

            var row = rows.Current;
            string? Field(params string[] names) => names.Where(header.ContainsKey).Select(name => row.ElementAtOrDefault(header[name]))
                .FirstOrDefault(field => !string.IsNullOrWhiteSpace(field));
            var movie = HistoryFile.Name(Field(Titles), (int?)Number(Field("Year")), (int?)Number(Field(TmdbIds)), Field(ImdbIds)?.Trim());
            if (movie is not null)
            {
                lines.Add(new HistoryLine(
                    number, movie, HistoryFile.Stars(Number(Field("Rating")) ?? (Number(Field("Rating10")) / 2)),
                    HistoryFile.Day(DateOnly.TryParse(Field(Days), CultureInfo.InvariantCulture, out var day) ? day : null, today)));
            }
        }

        return (lines, null);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < int.MaxValue ? number : null;
}
