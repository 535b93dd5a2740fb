using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>
/// The best candidates of a track, a few hundred of what may be tens of thousands: the time fit seldom needs more, and knows when it does
/// (<see cref="TimeFitSolver.TrySolve"/>). Of the movies of a series only the best is one of them, so that no set holds two. A buffer for one
/// selection at a time.
/// </summary>
internal sealed class BestCandidates
{
    private const int Wanted = 512;
    private static readonly Position None = new(-1);

    private Position[] _positions = [];
    private short[] _minutes = [];
    private float[] _scores = [];
    private Position[] _bestOfSeries = [];
    private int _count;

    /// <summary>Where they stand among the candidates of the track.</summary>
    public ReadOnlySpan<Position> Positions => _positions.AsSpan(0, _count);

    public ReadOnlySpan<short> Minutes => _minutes.AsSpan(0, _count);

    /// <summary>With noise.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, _count);

    /// <summary>A score that about as many candidates exceed as a time fit needs, by a sample; −∞ where there are not many more.</summary>
    public static float LeastScore(ReadOnlySpan<float> scores) => SampledQuantile.ExceededBy(Wanted, scores);

    /// <summary>Selects the candidates whose score exceeds a least one.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="rows">The candidates of the track.</param>
    /// <param name="scores">Aligned with them, with noise.</param>
    /// <param name="leastScore">−∞ selects all.</param>
    public void Select(CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ReadOnlySpan<float> scores, float leastScore)
    {
        Buffers.Grow(ref _positions, rows.Length);
        Buffers.Grow(ref _minutes, rows.Length);
        Buffers.Grow(ref _scores, rows.Length);
        var positions = _positions.AsSpan(0, rows.Length);
        var above = 0;
        // Written always and counted where wanted: no branch to mispredict.
        for (var i = 0; i < scores.Length; i++)
        {
            positions[above] = new Position(i);
            above += scores[i] > leastScore ? 1 : 0;
        }

        positions = positions[..above];
        var best = BestOfSeries(snapshot, rows, scores, positions);
        _count = 0;
        foreach (var position in positions)
        {
            var row = rows[position.Index].Index;
            if (snapshot.Series[row] is var series && (series < 0 || best[series] == position))
            {
                positions[_count] = position;
                _minutes[_count] = snapshot.RuntimeMinutes[row];
                _scores[_count++] = scores[position.Index];
            }
        }
    }

    private ReadOnlySpan<Position> BestOfSeries(
        CatalogSnapshot snapshot, ReadOnlySpan<Row> rows, ReadOnlySpan<float> scores, ReadOnlySpan<Position> positions)
    {
        Buffers.Grow(ref _bestOfSeries, snapshot.SeriesCount);
        var best = _bestOfSeries.AsSpan(0, snapshot.SeriesCount);
        best.Fill(None);
        foreach (var position in positions)
        {
            var series = snapshot.Series[rows[position.Index].Index];
            if (series >= 0 && (best[series] == None || scores[position.Index] > scores[best[series].Index]))
            {
                best[series] = position;
            }
        }

        return best;
    }
}
