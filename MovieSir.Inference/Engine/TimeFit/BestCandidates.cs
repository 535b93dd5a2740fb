using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>
/// The best candidates of a track, a few hundred of what may be tens of thousands: the time fit seldom needs more, and knows when it does
/// (<see cref="TimeFit.TimeFitSolver.TrySolve"/>).
/// </summary>
internal static class BestCandidates
{
    private const int Wanted = 512;

    /// <summary>A score that about as many candidates exceed as a time fit needs, by a sample; −∞ where there are not many more.</summary>
    public static float LeastScore(ReadOnlySpan<float> scores) => SampledQuantile.ExceededBy(Wanted, scores);

    /// <summary>
    /// Selects the candidates whose noisy score exceeds a least one; of the movies of a series only the best, so that no set holds two of them. In the
    /// scratch: their positions among the track's candidates, their minutes and noisy scores.
    /// </summary>
    /// <returns>How many they are.</returns>
    public static int Select(CatalogSnapshot snapshot, int candidates, float leastScore, ScoringScratch scratch)
    {
        var rows = scratch.Rows.AsSpan(0, candidates);
        var noisy = scratch.Noisy.AsSpan(0, candidates);
        var positions = scratch.Best.AsSpan(0, candidates);
        var count = 0;
        for (var i = 0; i < noisy.Length; i++)
        {
            positions[count] = i;
            count += noisy[i] > leastScore ? 1 : 0;
        }

        positions = positions[..count];
        var best = scratch.BestOfSeries.AsSpan(0, snapshot.SeriesCount);
        best.Fill(-1);
        foreach (var position in positions)
        {
            var series = snapshot.Series[rows[position]];
            if (series >= 0 && (best[series] < 0 || noisy[position] > noisy[best[series]]))
            {
                best[series] = position;
            }
        }

        var kept = 0;
        foreach (var position in positions)
        {
            var series = snapshot.Series[rows[position]];
            if (series < 0 || best[series] == position)
            {
                positions[kept] = position;
                scratch.Minutes[kept] = snapshot.RuntimeMinutes[rows[position]];
                scratch.BestNoisy[kept++] = noisy[position];
            }
        }

        return kept;
    }
}
