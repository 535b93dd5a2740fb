using System.Runtime.InteropServices;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// Finds movies by likeness of titles, in any script: the Dice coefficient of character bigrams, 2 |Q ∩ T| / (|Q| + |T|), over the letters and digits
/// of the Korean, English and original titles, of which the most similar counts.
/// </summary>
internal sealed class TitleIndex
{
    private readonly Dictionary<uint, int[]> _titlesOf;
    private readonly int[] _rowOf;
    private readonly int[] _bigramCount;

    public TitleIndex(MovieRecord[] movies)
    {
        var titlesOf = new Dictionary<uint, List<int>>();
        var rowOf = new List<int>();
        var bigramCount = new List<int>();
        var seen = new HashSet<uint>();
        for (var row = 0; row < movies.Length; row++)
        {
            ref readonly var movie = ref movies[row];
            foreach (var title in new[] { movie.TitleKo, movie.TitleEn, movie.OriginalTitle }.Distinct())
            {
                Bigrams(title ?? "", seen);
                if (seen.Count == 0)
                {
                    continue;
                }

                foreach (var bigram in seen)
                {
                    ref var titles = ref CollectionsMarshal.GetValueRefOrAddDefault(titlesOf, bigram, out _);
                    (titles ??= []).Add(rowOf.Count);
                }

                rowOf.Add(row);
                bigramCount.Add(seen.Count);
            }
        }

        _titlesOf = titlesOf.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
        _rowOf = [.. rowOf];
        _bigramCount = [.. bigramCount];
    }

    /// <summary>Adds the likeness of each movie's best title to the query, 0 to 1, to a column that the caller has cleared.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="likeness">One a movie of the snapshot.</param>
    public void Match(string query, Span<float> likeness)
    {
        var bigrams = new HashSet<uint>();
        Bigrams(query, bigrams);
        var shared = new Dictionary<int, int>();
        foreach (var bigram in bigrams)
        {
            foreach (var title in _titlesOf.GetValueOrDefault(bigram) ?? [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shared, title, out _)++;
            }
        }

        foreach (var (title, common) in shared)
        {
            ref var best = ref likeness[_rowOf[title]];
            best = Math.Max(best, 2f * common / (bigrams.Count + _bigramCount[title]));
        }
    }

    // Ends of a title count as characters, so that a title of one letter has bigrams too and beginnings weigh a little more.
    private static void Bigrams(string text, HashSet<uint> bigrams)
    {
        bigrams.Clear();
        var previous = '\0';
        foreach (var c in FoldedText.Of(text))
        {
            if (char.IsLetterOrDigit(c))
            {
                var letter = char.ToLowerInvariant(c);
                bigrams.Add(((uint)previous << 16) | letter);
                previous = letter;
            }
        }

        if (previous != '\0')
        {
            bigrams.Add((uint)previous << 16);
        }
    }
}
