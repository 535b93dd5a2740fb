using MovieSir.Inference.Catalog;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// Those of the candidates of which something is known: that have an embedding, or item factors. One value each, and where it belongs among all
/// candidates. A buffer for one signal at a time.
/// </summary>
internal sealed class KnownCandidates
{
    private Row[] _rows = [];
    private Position[] _positions = [];
    private float[] _values = [];
    private int _count;

    public ReadOnlySpan<Row> Rows => _rows.AsSpan(0, _count);

    public ReadOnlySpan<Position> Positions => _positions.AsSpan(0, _count);

    public Span<float> Values => _values.AsSpan(0, _count);

    /// <summary>Selects the candidates that are in a set. Their values are whatever the buffer held.</summary>
    public void Select(ReadOnlySpan<Row> candidates, ReadOnlySpan<ulong> present)
    {
        Resize(candidates.Length);
        var rows = _rows.AsSpan(0, candidates.Length);
        var positions = _positions.AsSpan(0, candidates.Length);
        var known = 0;
        // Written always and counted where known: no branch to mispredict.
        for (var i = 0; i < candidates.Length; i++)
        {
            rows[known] = candidates[i];
            positions[known] = new Position(i);
            known += RowSet.Contains(present, candidates[i].Index) ? 1 : 0;
        }

        _count = known;
    }

    /// <summary>Selects the candidates that have a value above 0, with it.</summary>
    /// <param name="candidates">Rows of a snapshot.</param>
    /// <param name="valueOf">One a row of the snapshot.</param>
    public void SelectPositive(ReadOnlySpan<Row> candidates, ReadOnlySpan<float> valueOf)
    {
        Resize(candidates.Length);
        _count = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (valueOf[candidates[i].Index] is > 0f and var value)
            {
                (_rows[_count], _positions[_count], _values[_count]) = (candidates[i], new Position(i), value);
                _count++;
            }
        }
    }

    /// <summary>Writes the values to their positions, and 0 everywhere else.</summary>
    public void Scatter(Span<float> column)
    {
        column.Clear();
        var positions = Positions;
        var values = Values;
        for (var k = 0; k < positions.Length; k++)
        {
            column[positions[k].Index] = values[k];
        }
    }

    private void Resize(int candidates)
    {
        Buffers.Grow(ref _rows, candidates);
        Buffers.Grow(ref _positions, candidates);
        Buffers.Grow(ref _values, candidates);
    }
}
