using MovieSir.Inference.TimeFit;

namespace MovieSir.Tests.Engine;

/// <summary>The time fit's objective written down a second time, plainly, and its optimum found without any reduction.</summary>
internal static class ExhaustiveTimeFit
{
    /// <summary>Tries every set. For up to some 16 films.</summary>
    public static (double Objective, int Total, bool Fills) BySubsets(short[] minutes, float[] scores, int time, float fillWeight)
    {
        var maximumFilms = Math.Min(15, Math.Max(5, (time / 90) + 2));
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

            if (count > maximumFilms || total > time)
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
    /// The same optimum for many films, by another way: for each number of films, sets are built one film at a time as (total → best sum) in a
    /// dictionary, over all films, in float64, without reductions or bounds.
    /// </summary>
    public static (double Objective, int Total, bool Fills) ByStates(short[] minutes, float[] scores, int time, float fillWeight)
    {
        var maximumFilms = Math.Min(15, Math.Max(5, (time / 90) + 2));
        var states = Enumerable.Range(0, maximumFilms + 1).Select(_ => new SortedDictionary<int, double>()).ToArray();
        states[0][0] = 0;
        for (var i = 0; i < minutes.Length; i++)
        {
            for (var count = maximumFilms; count >= 1; count--)
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

    public static void AssertIsSet(TimeFitResult fit, ReadOnlySpan<int> chosen, short[] minutes, float[] scores, int time, float fillWeight)
    {
        var films = chosen[..fit.FilmCount].ToArray();
        Assert.Equal(films.Length, films.Distinct().Count());
        Assert.InRange(films.Length, 1, TimeFitSolver.MaximumFilms(time));
        var total = films.Sum(film => minutes[film]);
        Assert.Equal(total, fit.TotalMinutes);
        Assert.InRange(total, 1, time);
        Assert.Equal(fit.FillsTime, total * 10 >= time * 9);
        Assert.Equal(films.Average(film => (double)scores[film]) + (fillWeight * total / time), fit.Objective, 1e-5);
    }
}
