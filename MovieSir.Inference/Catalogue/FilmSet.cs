using System.Numerics;

namespace MovieSir.Inference.Catalogue;

/// <summary>Sets of films as bits over the rows of a snapshot: 64 films a word, so that filters are a few thousand word operations.</summary>
internal static class FilmSet
{
    public static int WordCount(int films) => (films + 63) >> 6;

    public static void Add(Span<ulong> set, int row) => set[row >> 6] |= 1UL << row;

    public static void Remove(Span<ulong> set, int row) => set[row >> 6] &= ~(1UL << row);

    public static bool Contains(ReadOnlySpan<ulong> set, int row) => (set[row >> 6] >> row & 1) != 0;

    /// <summary>Fills <paramref name="set"/> with the first <paramref name="films"/> rows.</summary>
    public static void Fill(Span<ulong> set, int films)
    {
        set.Clear();
        set[..(films >> 6)].Fill(ulong.MaxValue);
        if ((films & 63) != 0)
        {
            set[films >> 6] = (1UL << (films & 63)) - 1;
        }
    }

    /// <summary>Removes films by movie id; ids that the snapshot lacks are ignored.</summary>
    public static void RemoveAll(Span<ulong> set, CatalogueSnapshot snapshot, ReadOnlySpan<int> movieIds)
    {
        foreach (var movieId in movieIds)
        {
            if (snapshot.RowOf.TryGetValue(movieId, out var row))
            {
                Remove(set, row);
            }
        }
    }

    /// <summary>Writes the rows of a set in ascending order.</summary>
    /// <returns>How many there are.</returns>
    public static int CopyRows(ReadOnlySpan<ulong> set, Span<int> rows)
    {
        var count = 0;
        for (var word = 0; word < set.Length; word++)
        {
            for (var bits = set[word]; bits != 0; bits &= bits - 1)
            {
                rows[count++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return count;
    }
}
