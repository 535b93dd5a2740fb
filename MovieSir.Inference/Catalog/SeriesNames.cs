using System.Text.RegularExpressions;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Tells movies of one series by their titles: "Toy Story" and "Toy Story 3", "Mission: Impossible" and "Mission: Impossible – Fallout". The key is
/// the title up to a colon or dash, without a part number or year at its end. Plain, and wrong at times (two movies of one name become a series);
/// what hangs on it is only that one set never holds two movies of a series.
/// </summary>
internal static partial class SeriesNames
{
    /// <summary>Numbers the series of movies; -1 for a movie that shares its key with no other.</summary>
    /// <returns>How many series there are.</returns>
    public static int Number(IReadOnlyList<MovieRecord> movies, int[] series)
    {
        var firstOf = new Dictionary<string, int>();
        var count = 0;
        for (var row = 0; row < movies.Count; row++)
        {
            series[row] = -1;
            var key = KeyOf(movies[row].TitleEn);
            if (key.Length == 0 || firstOf.TryAdd(key, row))
            {
                continue;
            }

            var first = firstOf[key];
            if (series[first] < 0)
            {
                series[first] = count++;
            }

            series[row] = series[first];
        }

        return count;
    }

    internal static string KeyOf(string title)
    {
        var stem = Subtitle().Replace(title.ToLowerInvariant(), "");
        stem = PartNumber().Replace(stem, "");
        return string.Concat(stem.Where(char.IsLetterOrDigit));
    }

    [GeneratedRegex(@"(?<=\w)\s*(:|\s[-–—]\s).*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subtitle();

    [GeneratedRegex(
        @"(?<=\w)[\s,]+((part|chapter|vol\.?|volume|episode)\s+)?(\d{1,2}|[ivx]{1,4}|one|two|three|four|five)\s*$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PartNumber();
}
