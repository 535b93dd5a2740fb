using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// The movies that a call may answer. First a set that filters and exclusions are taken from, then a list of its rows, ascending. A buffer for one
/// call at a time.
/// </summary>
internal sealed class Candidates
{
    private ulong[] _allowed = [];
    private ulong[] _carried = [];
    private Row[] _rows = [];
    private int _words;
    private TwinIndex? _twins;

    /// <summary>After <see cref="List"/>.</summary>
    public ReadOnlySpan<Row> Rows => _rows.AsSpan(0, Count);

    public int Count { get; private set; }

    private Span<ulong> Allowed => _allowed.AsSpan(0, _words);

    /// <summary>Begins with the movies that pass a filter. Its genres are not applied: see <see cref="KeepGenres"/>.</summary>
    public void Begin(CatalogSnapshot snapshot, CandidateFilter filter)
    {
        _words = RowSet.WordCount(snapshot.Count);
        _twins = snapshot.Twins;
        Buffers.Grow(ref _allowed, _words);
        Buffers.Grow(ref _carried, _words);
        Buffers.Grow(ref _rows, snapshot.Count);
        RowSet.Fill(Allowed, snapshot.Count);
        if (filter.Forbidden is not null)
        {
            RowSet.Subtract(Allowed, filter.Forbidden);
        }

        if (!filter.AllowAdult)
        {
            RowSet.Subtract(Allowed, snapshot.Adult);
        }

        if (filter.Providers is not { } providers)
        {
            return;
        }

        var carried = _carried.AsSpan(0, _words);
        carried.Clear();
        foreach (var provider in providers)
        {
            RowSet.Unite(carried, snapshot.ByProvider[provider]);
        }

        Keep(carried);
    }

    /// <summary>Removes all movies that are not of a set.</summary>
    public void Keep(ReadOnlySpan<ulong> set) => RowSet.Intersect(Allowed, set);

    /// <summary>Removes movies and their twins by movie id; ids that the snapshot lacks are ignored.</summary>
    public void Remove(CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds) => snapshot.RemoveFrom(Allowed, movieIds);

    /// <summary>Removes a movie and its twins.</summary>
    public void Remove(CatalogSnapshot snapshot, Row row) => snapshot.RemoveFrom(Allowed, row);

    /// <summary>Adds a movie, whatever the filter says of it.</summary>
    public void Add(Row row) => RowSet.Add(Allowed, row.Index);

    /// <summary>Whether a movie is of the list.</summary>
    public bool Has(Row row) => Row.Numbers(Rows).BinarySearch(row.Index) >= 0;

    /// <summary>Lists the movies that are left, of twins one.</summary>
    public void List()
    {
        _twins!.KeepOne(Allowed);
        Count = RowSet.CopyRows(Allowed, Row.Numbers(_rows.AsSpan()));
    }

    /// <summary>Of the list, keeps the movies that have one of the genres; all of them where the mask is 0.</summary>
    public void KeepGenres(CatalogSnapshot snapshot, ulong genres)
    {
        if (genres == 0)
        {
            return;
        }

        var kept = 0;
        foreach (var row in Rows)
        {
            if ((snapshot.GenreMasks[row.Index] & genres) != 0)
            {
                _rows[kept++] = row;
            }
        }

        Count = kept;
    }

    /// <summary>Of the list, keeps the movies that take no more than so many minutes.</summary>
    public void KeepUpTo(CatalogSnapshot snapshot, int minutes)
    {
        var kept = 0;
        foreach (var row in Rows)
        {
            if (snapshot.RuntimeMinutes[row.Index] <= minutes)
            {
                _rows[kept++] = row;
            }
        }

        Count = kept;
    }
}

/// <summary>Which movies a call may answer.</summary>
/// <param name="Genres">Preferred genres as a mask; 0 where none was asked for.</param>
/// <param name="Providers">Ordinals of the providers of which one must carry a movie; null where none was asked for.</param>
/// <param name="AllowAdult">Whether movies for adults only may be answered.</param>
internal sealed record CandidateFilter(ulong Genres, int[]? Providers, bool AllowAdult)
{
    /// <summary>Rows that never pass, as a <see cref="RowSet"/>; null where there are none.</summary>
    public ulong[]? Forbidden { get; init; }

    /// <summary>Lets every movie pass.</summary>
    public static CandidateFilter Nothing { get; } = new(0, null, AllowAdult: true);

    public int GenreCount => BitOperations.PopCount(Genres);
}
