using System.Globalization;

namespace MovieSir.Bench.Search;

/// <summary>A query by meaning in two languages, and how well movies answer it: 2 what it describes, 1 what fits it too.</summary>
internal sealed record JudgedQuery(string English, string Korean, IReadOnlyDictionary<int, int> Grades)
{
    /// <summary>A line: the English and the Korean query and TMDB ids with grades, tabs between them.</summary>
    public static JudgedQuery[] Read(string path) =>
    [
        .. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).Select(fields => new JudgedQuery(
            fields[0],
            fields[1],
            fields[2].Split(' ').Select(movie => movie.Split(':')).ToDictionary(
                movie => Number(movie[0]), movie => movie.Length > 1 ? Number(movie[1]) : 1))),
    ];

    /// <summary>nDCG of the first ten movies, with the gain 2^grade − 1.</summary>
    public double Gain(IEnumerable<int> movieIds)
    {
        const int Places = 10;
        var gain = movieIds.Take(Places).Select((movieId, rank) => GainOf(Grades.GetValueOrDefault(movieId), rank)).Sum();
        return gain / Grades.Values.OrderDescending().Take(Places).Select(GainOf).Sum();
    }

    private static double GainOf(int grade, int rank) => ((1 << grade) - 1) / Math.Log2(rank + 2);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
