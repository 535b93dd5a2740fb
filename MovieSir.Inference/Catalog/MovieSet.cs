using System.Numerics;

namespace MovieSir.Inference.Catalog;

/// <summary>Sets of movies as bits over the rows of a snapshot: 64 movies a word, so that filters are a few thousand word operations.</summary>
internal static class MovieSet
{
    public static int WordCount(int movies) => (movies + 63) >> 6;

    public static void Add(Span<ulong> set, int row) => set[row >> 6] |= 1UL << row;

    public static void Remove(Span<ulong> set, int row) => set[row >> 6] &= ~(1UL << row);

    public static bool Contains(ReadOnlySpan<ulong> set, int row) => (set[row >> 6] >> row & 1) != 0;

    /// <summary>Fills <paramref name="set"/> with the first <paramref name="movies"/> rows.</summary>
    public static void Fill(Span<ulong> set, int movies)
    {
        set.Clear();
        set[..(movies >> 6)].Fill(ulong.MaxValue);
        if ((movies & 63) != 0)
        {
            set[movies >> 6] = (1UL << (movies & 63)) - 1;
        }
    }

    /// <summary>Removes a movie with its twins.</summary>
    public static void RemoveMovie(Span<ulong> set, CatalogSnapshot snapshot, int row)
    {
        Remove(set, row);
        foreach (var twin in snapshot.Twins.Of(row))
        {
            Remove(set, twin);
        }
    }

    /// <summary>Removes movies, with their twins, by movie id; ids that the snapshot lacks are ignored.</summary>
    public static void RemoveAll(Span<ulong> set, CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds)
    {
        foreach (var movieId in movieIds)
        {
            if (snapshot.RowOf.TryGetValue(movieId, out var row))
            {
                RemoveMovie(set, snapshot, row);
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
