using MovieSir.Inference.Engine.TimeFit;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>The time fit's objective written down a second time, plainly, and its optimum found without any reduction.</summary>
internal static class ExhaustiveTimeFit
{
    /// <summary>Tries every set. For up to some 16 movies.</summary>
    /// <param name="minutes">Of each movie.</param>
    /// <param name="scores">Of each movie.</param>
    /// <param name="time">The time to fill.</param>
    /// <param name="fillWeight">w of the objective.</param>
    /// <param name="locked">Bits of the movies that a set must hold.</param>
    public static (double Objective, int Total, bool Fills) BySubsets(short[] minutes, float[] scores, int time, float fillWeight, int locked = 0)
    {
        var maximumMovies = Math.Min(15, Math.Max(5, (time / 90) + 2));
        var inBand = (Objective: double.NegativeInfinity, Total: 0);
        var below = (Objective: double.NegativeInfinity, Total: 0);
        for (var set = 1; set < 1 << minutes.Length; set++)
        {
            var (total, count, sum) = (0, 0, 0.0);
            for (var i = 0; i < minutes.Length; i++)
            {
                if ((set >> i & 1) != 0)
                {
                    total += minutes[i];
                    count++;
                    sum += scores[i];
                }
            }

            if (count > maximumMovies || total > time || (set & locked) != locked)
            {
                continue;
            }

            var objective = (sum / count) + (fillWeight * total / time);
            if (total * 10 >= time * 9)
            {
                if (objective > inBand.Objective)
                {
                    inBand = (objective, total);
                }
            }
            else if (total > below.Total || (total == below.Total && objective > below.Objective))
            {
                below = (objective, total);
            }
        }

        return inBand.Total > 0 ? (inBand.Objective, inBand.Total, true) : (below.Objective, below.Total, false);
    }

    /// <summary>
    /// The same optimum for many movies, by another way: for each number of movies, sets are built one movie at a time as (total → best sum) in a
    /// dictionary, over all movies, in float64, without reductions or bounds.
    /// </summary>
    public static (double Objective, int Total, bool Fills) ByStates(short[] minutes, float[] scores, int time, float fillWeight)
    {
        var maximumMovies = Math.Min(15, Math.Max(5, (time / 90) + 2));
        var states = Enumerable.Range(0, maximumMovies + 1).Select(_ => new SortedDictionary<int, double>()).ToArray();
        states[0][0] = 0;
        for (var i = 0; i < minutes.Length; i++)
        {
            for (var count = maximumMovies; count >= 1; count--)
            {
                foreach (var (total, sum) in states[count - 1].ToArray())
                {
                    var reached = total + minutes[i];
                    if (reached <= time && (!states[count].TryGetValue(reached, out var known) || known < sum + scores[i]))
                    {
                        states[count][reached] = sum + scores[i];
                    }
                }
            }
        }

        var all = states.SelectMany((byTotal, count) => byTotal
            .Where(_ => count > 0)
            .Select(state => (Objective: (state.Value / count) + (fillWeight * state.Key / time), Total: state.Key))).ToList();
        var fills = all.Where(set => set.Total * 10 >= time * 9).ToList();
        if (fills.Count > 0)
        {
            var best = fills.MaxBy(set => set.Objective);
            return (best.Objective, best.Total, true);
        }

        var fullest = all.Where(set => set.Total == all.Max(other => other.Total)).MaxBy(set => set.Objective);
        return (fullest.Objective, fullest.Total, false);
    }

    /// <summary>
    /// The best sum of scores for every number of movies and every total, over all movies, in float64, without reductions: −∞ where no set has them.
    /// </summary>
    /// <param name="minutes">Of each movie that may be chosen.</param>
    /// <param name="scores">Of each movie that may be chosen.</param>
    /// <param name="time">The time to fill.</param>
    /// <param name="locked">Minutes and scores of the movies that every set holds.</param>
    public static double[][] Table(short[] minutes, float[] scores, int time, params (int Minutes, float Score)[] locked)
    {
        var maximumMovies = Math.Min(15, Math.Max(5, (time / 90) + 2));
        var table = new double[maximumMovies + 1][];
        for (var count = 0; count <= maximumMovies; count++)
        {
            table[count] = new double[time + 1];
            table[count].AsSpan().Fill(double.NegativeInfinity);
        }

        table[locked.Length][locked.Sum(movie => movie.Minutes)] = locked.Sum(movie => (double)movie.Score);
        for (var movie = 0; movie < minutes.Length; movie++)
        {
            var (length, score) = (minutes[movie], (double)scores[movie]);
            for (var count = maximumMovies; count >= 1; count--)
            {
                var (from, to) = (table[count - 1], table[count]);
                for (var total = length; total <= time; total++)
                {
                    to[total] = Math.Max(to[total], from[total - length] + score);
                }
            }
        }

        return table;
    }

    /// <summary>The optimum of a <see cref="Table"/>; a total of 0 where there is no set at all.</summary>
    public static (double Objective, int Total, bool Fills) ByTable(double[][] table, float fillWeight)
    {
        var time = table[0].Length - 1;
        for (var total = time; total > 0; total--)
        {
            // From the fullest down: the first total that is reached below the band is the answer, within it all compete.
            var fills = total * 10 >= time * 9;
            var least = fills ? ((time * 9) + 9) / 10 : total;
            var best = (Objective: double.NegativeInfinity, Total: 0);
            for (var t = total; t >= least; t--)
            {
                for (var count = 1; count < table.Length; count++)
                {
                    var objective = (table[count][t] / count) + (fillWeight * t / time);
                    if (objective > best.Objective)
                    {
                        best = (objective, t);
                    }
                }
            }

            if (best.Total > 0)
            {
                return (best.Objective, best.Total, fills);
            }

            total = fills ? least : total;
        }

        return (double.NegativeInfinity, 0, false);
    }

    /// <summary>
    /// The optimum among the sets that fill the time, by branch and bound over the movies in descending order of score, for each number of movies: a
    /// branch is left where the best scores that remain cannot lift it above the best set found, or no minutes that remain can bring it into the
    /// band.
    /// </summary>
    /// <returns>−∞ where no set fills the time.</returns>
    public static double ByBranches(short[] minutes, float[] scores, int time, float fillWeight)
    {
        var order = Enumerable.Range(0, minutes.Length).OrderByDescending(movie => scores[movie]).ToArray();
        var shortest = new int[order.Length + 1];
        var longest = new int[order.Length + 1];
        shortest[^1] = int.MaxValue / 32;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            shortest[i] = Math.Min(shortest[i + 1], minutes[order[i]]);
            longest[i] = Math.Max(longest[i + 1], minutes[order[i]]);
        }

        var best = double.NegativeInfinity;
        for (var count = 1; count <= Math.Min(15, Math.Max(5, (time / 90) + 2)); count++)
        {
            Branch(0, count, count, 0, 0);
        }

        return best;

        void Branch(int next, int count, int open, int total, double sum)
        {
            if (open == 0)
            {
                best = total * 10 >= time * 9 && total <= time ? Math.Max(best, (sum / count) + (fillWeight * total / time)) : best;
                return;
            }

            for (var i = next; i + open <= order.Length; i++)
            {
                if (((sum + (open * (double)scores[order[i]])) / count) + fillWeight <= best
                    || total + (open * shortest[i]) > time
                    || (total + (open * longest[i])) * 10 < time * 9)
                {
                    return;
                }

                Branch(i + 1, count, open - 1, total + minutes[order[i]], sum + scores[order[i]]);
            }
        }
    }

    /// <summary>
    /// A bound that no set within the band exceeds, by Lagrangian relaxation of the two limits of time: for every multiplier the best sum of
    /// score / count + (w / T − λ) · minutes over the given number of movies, plus λ times the limit it stands for. The smallest found counts.
    /// </summary>
    public static double UpperBound(short[] minutes, float[] scores, int time, float fillWeight)
    {
        var bound = double.NegativeInfinity;
        var least = ((time * 9) + 9) / 10;
        for (var count = 1; count <= Math.Min(minutes.Length, Math.Min(15, Math.Max(5, (time / 90) + 2))); count++)
        {
            var (low, high, lowest) = (-0.05, 0.05, double.PositiveInfinity);
            for (var step = 0; step < 24; step++)
            {
                var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
                var (atLeft, atRight) = (Relaxed(count, left), Relaxed(count, right));
                (low, high) = atLeft < atRight ? (low, right) : (left, high);
                lowest = Math.Min(lowest, Math.Min(atLeft, atRight));
            }

            bound = Math.Max(bound, lowest);
        }

        return bound;

        double Relaxed(int count, double multiplier)
        {
            Span<double> top = stackalloc double[count];
            top.Fill(double.NegativeInfinity);
            for (var movie = 0; movie < minutes.Length; movie++)
            {
                var value = (scores[movie] / (double)count) + (((fillWeight / (double)time) - multiplier) * minutes[movie]);
                if (value <= top[^1])
                {
                    continue;
                }

                var place = count - 1;
                for (; place > 0 && top[place - 1] < value; place--)
                {
                    top[place] = top[place - 1];
                }

                top[place] = value;
            }

            var sum = multiplier * (multiplier >= 0 ? time : least);
            foreach (var value in top)
            {
                sum += value;
            }

            return sum;
        }
    }

    public static void AssertIsSet(TimeFitResult fit, ReadOnlySpan<int> chosen, short[] minutes, float[] scores, int time, float fillWeight)
    {
        var movies = chosen[..fit.MovieCount].ToArray();
        Assert.Equal(movies.Length, movies.Distinct().Count());
        Assert.InRange(movies.Length, 1, TimeFitSolver.MaximumMovies(time));
        var total = movies.Sum(movie => minutes[movie]);
        Assert.Equal(total, fit.TotalMinutes);
        Assert.InRange(total, 1, time);
        Assert.Equal(fit.FillsTime, total * 10 >= time * 9);
        Assert.Equal(movies.Average(movie => (double)scores[movie]) + (fillWeight * total / time), fit.Objective, 1e-5);
    }
}
