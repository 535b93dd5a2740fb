using System.Numerics.Tensors;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Numerics;

namespace MovieSir.Inference.Engine.TimeFit;

/// <summary>
/// Chooses movies of a track: exactly, and others for another seed. The choice is the optimum for scores with noise, for the strongest noise at which
/// it costs no more than <see cref="TimeFitOptions.MeanFloor"/> allows. A buffer for one choice at a time.
/// </summary>
internal sealed class VariedTimeFit
{
    // How often noise that costs too much is weakened, and to what part of itself, before an answer goes without.
    private const int NoiseStrengths = 7;
    private const float WeakerNoise = 0.7f;

    private readonly TimeFitSolver _solver = new();
    private readonly BestCandidates _best = new();
    private float[] _noise = [];
    private float[] _noisyScores = [];
    private int _count;

    private Span<float> Noise => _noise.AsSpan(0, _count);

    private Span<float> NoisyScores => _noisyScores.AsSpan(0, _count);

    /// <summary>Draws the noise of a track's candidates; a choice follows.</summary>
    public void DrawNoise(CatalogSnapshot snapshot, TrackCandidates track, long seed)
    {
        _count = track.Count;
        Buffers.Grow(ref _noise, _count);
        Buffers.Grow(ref _noisyScores, _count);
        SeededNoise.Fill(Noise, track.Rows, snapshot.MovieIds, snapshot.Series, seed);
    }

    /// <summary>Chooses a set that fills a time, and that holds the locked movies of the track.</summary>
    /// <param name="snapshot">Whose rows.</param>
    /// <param name="track">As given to <see cref="DrawNoise"/>.</param>
    /// <param name="minutes">The time.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="chosen">Has room for the largest set; becomes the chosen positions.</param>
    public TimeFitResult Choose(CatalogSnapshot snapshot, TrackCandidates track, int minutes, TimeFitOptions options, ref Span<Position> chosen)
    {
        var best = track.IsEmpty ? 0f : TensorPrimitives.Max<float>(track.AllScores);
        var amplitude = options.NoiseBound * best;
        Span<Position> varied = stackalloc Position[chosen.Length];
        Span<Position> optimal = stackalloc Position[chosen.Length];
        TimeFitResult? optimum = null;
        for (var weakened = 0; amplitude > 0f && weakened < NoiseStrengths; weakened++, amplitude *= WeakerNoise)
        {
            TensorPrimitives.MultiplyAdd(Noise, amplitude, track.Scores, NoisyScores);
            var set = varied;
            var fit = Fit(snapshot, track, minutes, options, ref set);
            var mean = MeanScore(set, track.AllScores);
            // No set's mean is above the best movie: most answers need no second solution to know that they are good enough.
            if (!fit.FillsTime || mean < options.MeanFloor * best)
            {
                optimum ??= FitWithoutNoise(snapshot, track, minutes, options, ref optimal);
                if (fit.FillsTime != optimum.Value.FillsTime
                    || (!fit.FillsTime && fit.TotalMinutes < optimum.Value.TotalMinutes)
                    || mean < options.MeanFloor * MeanScore(optimal, track.AllScores))
                {
                    continue;
                }
            }

            chosen = chosen[..set.Length];
            set.CopyTo(chosen);
            return fit;
        }

        optimum ??= FitWithoutNoise(snapshot, track, minutes, options, ref optimal);
        chosen = chosen[..optimal.Length];
        optimal.CopyTo(chosen);
        return optimum.Value;
    }

    /// <summary>
    /// The movie of at least so many minutes that is best with noise, of those whose score is within <see cref="TimeFitOptions.MeanFloor"/> of the
    /// best one's; null where there is none.
    /// </summary>
    public Position? ChooseOne(CatalogSnapshot snapshot, TrackCandidates track, int minimumMinutes, TimeFitOptions options)
    {
        var rows = track.Rows;
        var scores = track.Scores;
        var noise = Noise;
        var best = 0f;
        for (var i = 0; i < rows.Length; i++)
        {
            best = snapshot.RuntimeMinutes[rows[i].Index] >= minimumMinutes ? Math.Max(best, scores[i]) : best;
        }

        Position? chosen = null;
        var highest = float.NegativeInfinity;
        for (var i = 0; i < rows.Length; i++)
        {
            var noisy = scores[i] + (options.NoiseBound * best * noise[i]);
            if (noisy > highest && scores[i] >= options.MeanFloor * best && snapshot.RuntimeMinutes[rows[i].Index] >= minimumMinutes)
            {
                (chosen, highest) = (new Position(i), noisy);
            }
        }

        return chosen;
    }

    private TimeFitResult FitWithoutNoise(
        CatalogSnapshot snapshot, TrackCandidates track, int minutes, TimeFitOptions options, ref Span<Position> chosen)
    {
        track.Scores.CopyTo(NoisyScores);
        return Fit(snapshot, track, minutes, options, ref chosen);
    }

    /// <summary>The optimum for the noisy scores: from the best candidates where those decide it, or else from all.</summary>
    private TimeFitResult Fit(CatalogSnapshot snapshot, TrackCandidates track, int minutes, TimeFitOptions options, ref Span<Position> chosen)
    {
        Span<int> places = stackalloc int[chosen.Length];
        var locked = track.Locked;
        var problem = new TimeFitProblem(minutes, options.FillWeight, LockedPartOf(snapshot, track));
        var leastScore = BestCandidates.LeastScore(NoisyScores);
        while (true)
        {
            _best.Select(snapshot, track.Rows, NoisyScores, leastScore);
            if (_solver.TrySolve(_best.Minutes, _best.Scores, leastScore, problem, places, out var fit))
            {
                chosen = chosen[..fit.MovieCount];
                locked.CopyTo(chosen);
                for (var i = locked.Length; i < chosen.Length; i++)
                {
                    chosen[i] = _best.Positions[places[i - locked.Length]];
                }

                return fit;
            }

            leastScore = float.NegativeInfinity;
        }
    }

    private static LockedPart LockedPartOf(CatalogSnapshot snapshot, TrackCandidates track)
    {
        var part = default(LockedPart);
        foreach (var position in track.Locked)
        {
            part = new LockedPart(
                part.Movies + 1,
                part.Minutes + snapshot.RuntimeMinutes[track.RowAt(position).Index],
                part.ScoreSum + track.ScoreAt(position));
        }

        return part;
    }

    private static float MeanScore(ReadOnlySpan<Position> positions, ReadOnlySpan<float> scores)
    {
        var sum = 0f;
        foreach (var position in positions)
        {
            sum += scores[position.Index];
        }

        return positions.IsEmpty ? 0f : sum / positions.Length;
    }
}
