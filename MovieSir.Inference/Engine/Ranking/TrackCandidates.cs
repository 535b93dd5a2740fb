using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Of the candidates of a call, those that one track may answer, with their scores in (0, 1), standardized among themselves. A <see cref="Position"/>
/// is a place here. A buffer for one track at a time.
/// </summary>
internal sealed class TrackCandidates
{
    private ulong[] _allowed = [];
    private Row[] _rows = [];
    private float[] _sums = [];
    private float[] _scores = [];
    private int _words;

    public int Count { get; private set; }

    public ReadOnlySpan<Row> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    public Row RowAt(Position position) => _rows[position.Index];

    public float ScoreAt(Position position) => _scores[position.Index];

    /// <summary>Begins a track that may answer everything but some movies.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="movieIds">Movies that are excluded, with their twins; ids that the snapshot lacks are ignored.</param>
    /// <param name="rows">Movies that are excluded, with their twins.</param>
    public void Begin(CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds, ReadOnlySpan<Row> rows)
    {
        _words = RowSet.WordCount(snapshot.Count);
        Buffers.Grow(ref _allowed, _words);
        var allowed = _allowed.AsSpan(0, _words);
        RowSet.Fill(allowed, snapshot.Count);
        snapshot.RemoveFrom(allowed, movieIds);
        foreach (var row in rows)
        {
            snapshot.RemoveFrom(allowed, row);
        }
    }

    /// <summary>Takes the candidates that the track may answer, and scores them by the sums of their signals.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="candidates">Rows.</param>
    /// <param name="sums">Aligned with the candidates.</param>
    /// <param name="genres">The filter whose genres the track keeps to; null where it takes any genre.</param>
    public void Score(CatalogSnapshot snapshot, ReadOnlySpan<Row> candidates, ReadOnlySpan<float> sums, CandidateFilter? genres)
    {
        Buffers.Grow(ref _rows, candidates.Length);
        Buffers.Grow(ref _sums, candidates.Length);
        Buffers.Grow(ref _scores, candidates.Length);
        var mask = genres?.Genres ?? 0UL;
        Take(snapshot.GenreMasks, candidates, sums, mask);
        Standard.Standardize(_sums.AsSpan(0, Count));
        Standard.ToScores(_sums.AsSpan(0, Count), _scores.AsSpan(0, Count));
        if (genres?.GenreCount >= 2)
        {
            Boost(snapshot, mask, genres.GenreCount);
        }
    }

    private void Take(ulong[] genreMasks, ReadOnlySpan<Row> candidates, ReadOnlySpan<float> sums, ulong mask)
    {
        var allowed = _allowed.AsSpan(0, _words);
        var takenRows = _rows.AsSpan(0, candidates.Length);
        var takenSums = _sums.AsSpan(0, candidates.Length);
        var taken = 0;
        // Written always and counted where wanted: no branch to mispredict.
        for (var i = 0; i < candidates.Length; i++)
        {
            var row = candidates[i];
            takenRows[taken] = row;
            takenSums[taken] = sums[i];
            taken += ((mask == 0) | ((genreMasks[row.Index] & mask) != 0)) & RowSet.Contains(allowed, row.Index) ? 1 : 0;
        }

        Count = taken;
    }

    /// <summary>Raises scores by how many of the preferred genres a movie has.</summary>
    private void Boost(CatalogSnapshot snapshot, ulong mask, int genres)
    {
        Span<float> boosts = stackalloc float[genres + 1];
        for (var shared = 0; shared < boosts.Length; shared++)
        {
            boosts[shared] = 1f + (snapshot.Scoring.GenreBoost * shared / genres);
        }

        for (var i = 0; i < Count; i++)
        {
            _scores[i] *= boosts[BitOperations.PopCount(snapshot.GenreMasks[_rows[i].Index] & mask)];
        }
    }
}
