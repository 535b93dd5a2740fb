using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Serving.Search;

/// <summary>The buffers of one search, kept for the next.</summary>
internal sealed class SearchScratch
{
    private float[] _scores = [];
    private ulong[] _rows = [];

    /// <summary>What may be answered.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>Those of them that one list has, and how much.</summary>
    public KnownCandidates Found { get; } = new();

    /// <summary>One number a movie of the snapshot, all 0.</summary>
    public Span<float> BeginScores(int movies)
    {
        Buffers.Grow(ref _scores, movies);
        var scores = _scores.AsSpan(0, movies);
        scores.Clear();
        return scores;
    }

    /// <summary>The rows of both sets.</summary>
    public ReadOnlySpan<ulong> Told(ReadOnlySpan<ulong> told, ReadOnlySpan<ulong> present)
    {
        var rows = Copy(present);
        RowSet.Intersect(rows, told);
        return rows;
    }

    /// <summary>The rows of the second set that the first lacks.</summary>
    public ReadOnlySpan<ulong> Untold(ReadOnlySpan<ulong> told, ReadOnlySpan<ulong> present)
    {
        var rows = Copy(present);
        RowSet.Subtract(rows, told);
        return rows;
    }

    /// <summary>The movies of a list with the largest values, best first.</summary>
    public static Row[] Best(KnownCandidates found, int count) =>
        Array.ConvertAll(TopValues.Select(found.Values, count), place => found.Rows[place]);

    private Span<ulong> Copy(ReadOnlySpan<ulong> set)
    {
        Buffers.Grow(ref _rows, set.Length);
        set.CopyTo(_rows);
        return _rows.AsSpan(0, set.Length);
    }
}
