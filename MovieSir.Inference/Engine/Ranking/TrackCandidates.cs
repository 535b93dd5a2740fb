using System.Numerics;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Of the candidates of a call, those that one track may answer, with their scores in (0, 1), standardized among themselves; behind them the movies
/// that are locked into its set, scored alike. A <see cref="Position"/> is a place here. A buffer for one track at a time.
/// </summary>
internal sealed class TrackCandidates
{
    private ulong[] _allowed = [];
    private Row[] _rows = [];
    private float[] _sums = [];
    private float[] _otherSums = [];
    private float[] _scores = [];
    private Position[] _locked = [];
    private Row[] _lockedRows = [];
    private int _words;
    private bool _isForTwo;

    /// <summary>Movies that may be chosen: all but the locked ones.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<Row> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Where the locked movies stand.</summary>
    public ReadOnlySpan<Position> Locked => _locked;

    /// <summary><see cref="Scores"/>, and behind them those of the locked movies.</summary>
    public ReadOnlySpan<float> AllScores => _scores.AsSpan(0, Count + _lockedRows.Length);

    /// <summary>Whether there is no movie at all.</summary>
    public bool IsEmpty => Count + _lockedRows.Length == 0;

    public Row RowAt(Position position) => _rows[position.Index];

    public float ScoreAt(Position position) => _scores[position.Index];

    /// <summary>Whether of two viewers the second likes a movie more.</summary>
    public bool IsRatherForSecond(Position position) => _isForTwo && _otherSums[position.Index] > _sums[position.Index];

    /// <summary>Begins a track that may answer everything but some movies.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="movieIds">Movies that are excluded, with their twins; ids that the snapshot lacks are ignored.</param>
    /// <param name="rows">Movies that are excluded, with their twins.</param>
    /// <param name="locked">Candidates that every set of the track holds. Their twins and what is of a series with them are excluded.</param>
    public void Begin(CatalogSnapshot snapshot, ReadOnlySpan<int> movieIds, ReadOnlySpan<Row> rows, Row[] locked)
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

        _lockedRows = locked;
        foreach (var row in locked)
        {
            snapshot.RemoveFrom(allowed, row);
            snapshot.RemoveSeriesFrom(allowed, row);
        }
    }

    /// <summary>Takes the candidates that the track may answer, and scores them by the sums of their signals.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="candidates">Rows, ascending.</param>
    /// <param name="sums">Aligned with the candidates.</param>
    /// <param name="genres">The filter whose genres the track keeps to; null where it takes any genre.</param>
    public void Score(CatalogSnapshot snapshot, ReadOnlySpan<Row> candidates, ViewerSums sums, CandidateFilter? genres)
    {
        Buffers.Grow(ref _rows, candidates.Length);
        Buffers.Grow(ref _sums, candidates.Length);
        Buffers.Grow(ref _scores, candidates.Length);
        var mask = genres?.Genres ?? 0UL;
        var standardized = Take(snapshot.GenreMasks, candidates, sums.First, mask, _sums);
        var scores = _scores.AsSpan(0, standardized.Length);
        _isForTwo = sums.IsForTwo;
        if (_isForTwo)
        {
            Buffers.Grow(ref _otherSums, candidates.Length);
            sums.Join(standardized, Take(snapshot.GenreMasks, candidates, sums.Second, mask, _otherSums), scores);
            Standard.ToScores(scores, scores);
        }
        else
        {
            Standard.ToScores(standardized, scores);
        }

        if (genres?.GenreCount >= 2)
        {
            Boost(snapshot, mask, genres.GenreCount);
        }
    }

    /// <returns>The sums of the movies that are taken, as z-scores.</returns>
    private Span<float> Take(ulong[] genreMasks, ReadOnlySpan<Row> candidates, ReadOnlySpan<float> sums, ulong mask, float[] takenSums)
    {
        var allowed = _allowed.AsSpan(0, _words);
        var takenRows = _rows.AsSpan(0, candidates.Length);
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
        _locked = _lockedRows.Length == 0 ? [] : new Position[_lockedRows.Length];
        for (var k = 0; k < _locked.Length; k++, taken++)
        {
            _locked[k] = new Position(taken);
            takenRows[taken] = _lockedRows[k];
            takenSums[taken] = sums[Row.Numbers(candidates).BinarySearch(_lockedRows[k].Index)];
        }

        Standard.Standardize(takenSums.AsSpan(0, taken));
        return takenSums.AsSpan(0, taken);
    }

    /// <summary>Raises scores by how many of the preferred genres a movie has.</summary>
    private void Boost(CatalogSnapshot snapshot, ulong mask, int genres)
    {
        Span<float> boosts = stackalloc float[genres + 1];
        for (var shared = 0; shared < boosts.Length; shared++)
        {
            boosts[shared] = 1f + (snapshot.Scoring.GenreBoost * shared / genres);
        }

        for (var i = 0; i < AllScores.Length; i++)
        {
            _scores[i] *= boosts[BitOperations.PopCount(snapshot.GenreMasks[_rows[i].Index] & mask)];
        }
    }
}
