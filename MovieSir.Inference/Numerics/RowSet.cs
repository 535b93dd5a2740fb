using System.Numerics;

namespace MovieSir.Inference.Numerics;

/// <summary>Sets of rows as bits, 64 rows a word: to filter tens of thousands takes a thousand operations.</summary>
internal static class RowSet
{
    public static int WordCount(int rows) => (rows + 63) >> 6;

    public static void Add(Span<ulong> set, int row) => set[row >> 6] |= 1UL << row;

    public static void Remove(Span<ulong> set, int row) => set[row >> 6] &= ~(1UL << row);

    public static bool Contains(ReadOnlySpan<ulong> set, int row) => (set[row >> 6] >> row & 1) != 0;

    /// <summary>Fills <paramref name="set"/> with the first <paramref name="count"/> rows.</summary>
    public static void Fill(Span<ulong> set, int count)
    {
        set.Clear();
        set[..(count >> 6)].Fill(ulong.MaxValue);
        if ((count & 63) != 0)
        {
            set[count >> 6] = (1UL << (count & 63)) - 1;
        }
    }

    /// <summary>Removes from <paramref name="set"/> what is not in another set of the same length.</summary>
    public static void Intersect(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] &= other[word];
        }
    }

    /// <summary>Removes from <paramref name="set"/> what is in another set of the same length.</summary>
    public static void Subtract(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] &= ~other[word];
        }
    }

    /// <summary>Adds to <paramref name="set"/> what is in another set of the same length.</summary>
    public static void Unite(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] |= other[word];
        }
    }

    /// <summary>How many rows a set has.</summary>
    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
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
