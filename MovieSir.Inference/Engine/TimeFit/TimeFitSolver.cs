using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MovieSir.Inference.Engine.TimeFit;

/// <param name="MovieCount">How many movies the set has, with those that are locked; 0 where none fits.</param>
/// <param name="TotalMinutes">Their minutes together.</param>
/// <param name="FillsTime">Whether they fill at least 90 % of the time. False: no allowed set does, and this is one of the fullest.</param>
/// <param name="Objective">Mean score plus the fill's share; see <see cref="TimeFitSolver"/>.</param>
internal readonly record struct TimeFitResult(int MovieCount, int TotalMinutes, bool FillsTime, float Objective);

/// <summary>
/// Chooses movies for a given time, exactly. Over all sets S of 1 to K movies (<see cref="MaximumMovies"/>) whose minutes t lie in 90 to 100 % of the
/// time T it maximizes mean(score) + w · t / T. Where there is no such set, it takes the largest t that any set of 1 to K movies reaches, and of
/// those sets the one with the best mean score.
/// </summary>
/// <remarks>
/// <para>
/// The mean is what makes the number of movies free: a sum would always prefer many short movies. It is not a sum over movies, but it is one for a
/// fixed number of them, so the dynamic program keeps the best sum of scores for every number of movies k and every total t, f[k][t] = max(f[k][t],
/// f[k−1][t − minutes_i] + score_i), movie by movie, and the objective is evaluated on the finished table.
/// </para>
/// <para>
/// Two reductions, neither of which can lose the optimum, keep the program small: of the movies with equal minutes only as many are kept as a set can
/// hold, and movies that an upper bound shuts out of every optimum are left out. docs/architecture/time-fit.md has both proofs.
/// </para>
/// <para>
/// Where movies are locked, S is any set that holds them: the program starts from their number, minutes and scores in place of 0.
/// </para>
/// <para>An instance is scratch for one solution at a time; it allocates only to grow.</para>
/// </remarks>
internal sealed unsafe class TimeFitSolver
{
    /// <summary>Most movies of any set.</summary>
    public const int AbsoluteMaximumMovies = 15;

    private const int MinimumFillPercent = 90;
    private const int PrefixLength = 64;

    // What float rounding may add to a sum of AbsoluteMaximumMovies scores of order 1, with room.
    private const float BoundSlack = 1e-5f;

    internal static readonly int Lanes = Vector256<float>.Count;

    private int[] _slotStart = [];
    private int[] _slotCount = [];
    private int[] _slotMovie = [];
    private float[] _slotScore = [];
    private int[] _movie = [];
    private float[] _negatedScore = [];
    private float[] _table = [];
    private byte[] _taken = [];

    /// <summary>Most movies of a set for a time: one for each 90 minutes and two more, at least 5, never over 15.</summary>
    public static int MaximumMovies(int timeMinutes) => Math.Min(AbsoluteMaximumMovies, Math.Max(5, (timeMinutes / 90) + 2));

    /// <summary>Fewest minutes that fill a time: 90 %, rounded up.</summary>
    public static int MinimumMinutes(int timeMinutes) => ((timeMinutes * MinimumFillPercent) + 99) / 100;

    /// <param name="minutes">Running time of each candidate. Candidates under 1 or over the time cannot be chosen.</param>
    /// <param name="scores">Score of each candidate, finite.</param>
    /// <param name="timeMinutes">The time to fill, at least 1.</param>
    /// <param name="fillWeight">w of the objective.</param>
    /// <param name="chosen">Receives the positions of the chosen candidates; at least <see cref="MaximumMovies"/> long.</param>
    /// <param name="locked">Movies that every set holds. They are no candidates.</param>
    public TimeFitResult Solve(
        ReadOnlySpan<short> minutes, ReadOnlySpan<float> scores, int timeMinutes, float fillWeight, Span<int> chosen, LockedPart locked = default)
    {
        TrySolve(minutes, scores, float.NegativeInfinity, new TimeFitProblem(timeMinutes, fillWeight, locked), chosen, out var result);
        return result;
    }

    /// <summary>Solves over the best candidates alone, where that is enough.</summary>
    /// <param name="minutes">Running time of each of the candidates that are given.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="othersAtMost">No candidate that is not given scores more, and none that is given less; −∞ where all are given.</param>
    /// <param name="problem">What is to be filled.</param>
    /// <param name="chosen">As of <see cref="Solve"/>.</param>
    /// <param name="result">The optimum over the candidates that are given.</param>
    /// <returns>Whether that is the optimum over all: false where a candidate that is not given might be in a better set.</returns>
    public bool TrySolve(
        ReadOnlySpan<short> minutes,
        ReadOnlySpan<float> scores,
        float othersAtMost,
        in TimeFitProblem problem,
        Span<int> chosen,
        out TimeFitResult result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, minutes.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.Length, problem.MaximumMovies);

        var areAll = float.IsNegativeInfinity(othersAtMost) || problem.FreeMovies == 0 || problem.FreeMinutes == 0;
        var count = problem.FreeMovies == 0 ? 0 : Reduce(minutes, scores, problem.FreeMinutes, problem.FreeMovies);
        result = SolveReduced(problem, minutes, count, chosen);
        // The bound takes the best sums from the list: it must be long enough to have them.
        return areAll || (result.FillsTime && count >= problem.FreeMovies
            && BestWith(othersAtMost, problem, BestSums(count, problem)) < result.Objective - BoundSlack);
    }

    private TimeFitResult SolveReduced(in TimeFitProblem problem, ReadOnlySpan<short> minutes, int count, Span<int> chosen)
    {
        if (count > PrefixLength)
        {
            var partial = SolvePrefix(problem, minutes, PrefixLength, chosen);
            if (partial.FillsTime)
            {
                var needed = NeededPrefix(count, problem, partial.Objective);
                if (needed <= PrefixLength)
                {
                    return partial;
                }

                count = needed;
            }
        }

        return SolvePrefix(problem, minutes, count, chosen);
    }

    /// <summary>Keeps the best movies of each running time and lists them in <see cref="_movie"/> by descending score.</summary>
    private int Reduce(ReadOnlySpan<short> minutes, ReadOnlySpan<float> scores, int timeMinutes, int maximumMovies)
    {
        Grow(ref _slotStart, timeMinutes + 2);
        Grow(ref _slotCount, timeMinutes + 2);
        var slots = 0;
        for (var m = 1; m <= timeMinutes; m++)
        {
            _slotStart[m] = slots;
            slots += Math.Min(maximumMovies, timeMinutes / m);
        }

        _slotStart[timeMinutes + 1] = slots;
        Array.Clear(_slotCount, 0, timeMinutes + 2);
        Grow(ref _slotMovie, slots);
        Grow(ref _slotScore, slots);
        for (var i = 0; i < minutes.Length; i++)
        {
            int m = minutes[i];
            if (m < 1 || m > timeMinutes)
            {
                continue;
            }

            var start = _slotStart[m];
            var capacity = _slotStart[m + 1] - start;
            var used = _slotCount[m];
            var score = scores[i];
            if (used == capacity && score <= _slotScore[start + used - 1])
            {
                continue;
            }

            var place = used < capacity ? start + used : start + used - 1;
            for (; place > start && score > _slotScore[place - 1]; place--)
            {
                _slotScore[place] = _slotScore[place - 1];
                _slotMovie[place] = _slotMovie[place - 1];
            }

            _slotScore[place] = score;
            _slotMovie[place] = i;
            _slotCount[m] = Math.Min(used + 1, capacity);
        }

        Grow(ref _movie, slots);
        Grow(ref _negatedScore, slots);
        var count = 0;
        for (var m = 1; m <= timeMinutes; m++)
        {
            for (var k = 0; k < _slotCount[m]; k++)
            {
                _movie[count] = _slotMovie[_slotStart[m] + k];
                _negatedScore[count++] = -_slotScore[_slotStart[m] + k];
            }
        }

        Array.Sort(_negatedScore, _movie, 0, count);
        return count;
    }

    /// <summary>How many movies, best first, can be in a set whose objective is at least <paramref name="bound"/>.</summary>
    private int NeededPrefix(int count, in TimeFitProblem problem, float bound)
    {
        var bestSums = BestSums(count, problem);
        var needed = count;
        while (needed > 0 && BestWith(-_negatedScore[needed - 1], problem, bestSums) < bound - BoundSlack)
        {
            needed--;
        }

        return needed;
    }

    /// <summary>By number of movies: the best sum of scores.</summary>
    private SumsByMovies BestSums(int count, in TimeFitProblem problem)
    {
        var sums = new SumsByMovies();
        var locked = problem.Locked.Movies;
        sums[locked] = problem.Locked.ScoreSum;
        for (var k = locked + 1; k <= problem.MaximumMovies; k++)
        {
            sums[k] = k - locked <= count ? sums[k - 1] - _negatedScore[k - locked - 1] : float.NegativeInfinity;
        }

        return sums;
    }

    /// <summary>What the objective of a set that holds a movie of this score cannot exceed.</summary>
    private static float BestWith(float score, in TimeFitProblem problem, in SumsByMovies bestSums)
    {
        var best = float.NegativeInfinity;
        for (var k = problem.Locked.Movies + 1; k <= problem.MaximumMovies; k++)
        {
            best = Math.Max(best, (bestSums[k - 1] + score) / k);
        }

        return best + problem.FillWeight;
    }

    private TimeFitResult SolvePrefix(in TimeFitProblem problem, ReadOnlySpan<short> minutes, int count, Span<int> chosen)
    {
        Tabulate(problem, minutes, count);
        var (movies, total, objective) = BestInBand(problem);
        var fills = movies > 0;
        if (!fills)
        {
            (movies, total, objective) = Fullest(problem);
        }

        if (movies > 0)
        {
            ReadSet(problem, minutes, count, movies, total, chosen);
        }

        return new TimeFitResult(movies, total, fills, objective);
    }

    private void Tabulate(in TimeFitProblem problem, ReadOnlySpan<short> minutes, int count)
    {
        var stride = problem.Stride;
        var maskBytes = problem.MaskBytes;
        Grow(ref _table, (problem.MaximumMovies + 1) * stride);
        Grow(ref _taken, count * problem.MaximumMovies * maskBytes);
        _table.AsSpan(0, (problem.MaximumMovies + 1) * stride).Fill(float.NegativeInfinity);
        var locked = problem.Locked.Movies;
        _table[problem.At(locked, problem.Locked.Minutes)] = problem.Locked.ScoreSum;
        fixed (float* table = _table)
        fixed (byte* taken = _taken)
        {
            for (var i = 0; i < count; i++)
            {
                int m = minutes[_movie[i]];
                var score = Vector256.Create(-_negatedScore[i]);
                var first = m / Lanes * Lanes;
                // Downwards in k: row k−1 must not hold this movie yet.
                for (var k = Math.Min(problem.MaximumMovies, locked + i + 1); k > locked; k--)
                {
                    var with = table + problem.At(k - 1, 0) - m;
                    var without = table + problem.At(k, 0);
                    var mask = taken + ((((nint)i * problem.MaximumMovies) + k - 1) * maskBytes);
                    for (var t = first; t <= problem.TimeMinutes; t += Lanes)
                    {
                        var candidate = Vector256.Load(with + t) + score;
                        var current = Vector256.Load(without + t);
                        var better = Vector256.GreaterThan(candidate, current);
                        Vector256.ConditionalSelect(better, candidate, current).Store(without + t);
                        mask[t / Lanes] = (byte)better.ExtractMostSignificantBits();
                    }
                }
            }
        }
    }

    private (int Movies, int Total, float Objective) BestInBand(in TimeFitProblem problem)
    {
        var best = (Movies: 0, Total: 0, Objective: float.NegativeInfinity);
        for (var total = problem.TimeMinutes; total >= MinimumMinutes(problem.TimeMinutes); total--)
        {
            for (var k = 1; k <= problem.MaximumMovies; k++)
            {
                var objective = problem.Objective(_table[problem.At(k, total)], k, total);
                if (objective > best.Objective)
                {
                    best = (k, total, objective);
                }
            }
        }

        return best;
    }

    private (int Movies, int Total, float Objective) Fullest(in TimeFitProblem problem)
    {
        var best = (Movies: 0, Total: 0, Objective: float.NegativeInfinity);
        for (var total = MinimumMinutes(problem.TimeMinutes) - 1; total >= 1 && best.Movies == 0; total--)
        {
            for (var k = 1; k <= problem.MaximumMovies; k++)
            {
                var objective = problem.Objective(_table[problem.At(k, total)], k, total);
                if (objective > best.Objective)
                {
                    best = (k, total, objective);
                }
            }
        }

        return best;
    }

    private void ReadSet(in TimeFitProblem problem, ReadOnlySpan<short> minutes, int count, int movies, int total, Span<int> chosen)
    {
        var locked = problem.Locked.Movies;
        var k = movies;
        var t = total;
        for (var i = count - 1; i >= 0 && k > locked; i--)
        {
            int m = minutes[_movie[i]];
            // Entries that the program did not visit are not written either.
            if (t < m || k - locked > i + 1)
            {
                continue;
            }

            var mask = _taken[(((i * problem.MaximumMovies) + k - 1) * problem.MaskBytes) + (t / Lanes)];
            if ((mask >> (t % Lanes) & 1) != 0)
            {
                chosen[--k - locked] = _movie[i];
                t -= m;
            }
        }
    }

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, buffer.Length * 2)];
        }
    }

    [InlineArray(AbsoluteMaximumMovies + 1)]
    private struct SumsByMovies
    {
        private float _first;
    }
}
