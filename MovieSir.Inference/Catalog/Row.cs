using System.Runtime.InteropServices;

namespace MovieSir.Inference.Catalog;

/// <summary>
/// A movie of a snapshot: its index in the snapshot's columns. A type of its own, so that it cannot be taken for a movie id or for a place among
/// candidates; in memory it is the number and nothing else.
/// </summary>
internal readonly record struct Row(int Index)
{
    /// <summary>The first <paramref name="count"/> rows.</summary>
    public static Row[] UpTo(int count)
    {
        var rows = new Row[count];
        for (var index = 0; index < count; index++)
        {
            rows[index] = new Row(index);
        }

        return rows;
    }

    /// <summary>The same rows as matrices take them. Nothing is copied.</summary>
    public static ReadOnlySpan<int> Numbers(ReadOnlySpan<Row> rows) => MemoryMarshal.Cast<Row, int>(rows);

    /// <summary>The same rows as matrices write them. Nothing is copied.</summary>
    public static Span<int> Numbers(Span<Row> rows) => MemoryMarshal.Cast<Row, int>(rows);
}
