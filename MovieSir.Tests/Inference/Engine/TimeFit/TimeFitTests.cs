using MovieSir.Inference.Engine.TimeFit;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

public sealed class TimeFitTests(ITestOutputHelper output)
{
    private const float FillWeight = 0.02f;

    [Fact]
    public void Every_set_is_the_optimum_of_all_subsets()
    {
        const int Cases = 4000;
        var random = new Random(20261122);
        var solver = new TimeFitSolver();
        var feasible = 0;
        for (var round = 0; round < Cases; round++)
        {
            var time = random.Next(1, 500);
            var (minutes, scores) = Movies(random, random.Next(1, 13), shortest: 1, longest: 260);
            var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];

            var fit = solver.Solve(minutes, scores, time, FillWeight, chosen);

            if (minutes.All(minute => minute > time))
            {
                Assert.Equal(0, fit.MovieCount);
                Assert.False(fit.FillsTime);
                continue;
            }

            var (objective, total, fills) = ExhaustiveTimeFit.BySubsets(minutes, scores, time, FillWeight);
            ExhaustiveTimeFit.AssertIsSet(fit, chosen, minutes, scores, time, FillWeight);
            Assert.Equal(fills, fit.FillsTime);
            Assert.Equal(objective, fit.Objective, 1e-5);
            if (!fills)
            {
                Assert.Equal(total, fit.TotalMinutes);
            }

            feasible += fills ? 1 : 0;
        }

        output.WriteLine($"{Cases} cases, {feasible} with a set that fills 90-100 %");
        Assert.InRange(feasible, Cases / 10, Cases - (Cases / 10));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(95)]
    [InlineData(180)]
    [InlineData(333)]
    [InlineData(480)]
    [InlineData(900)]
    [InlineData(1440)]
    public void Large_catalogs_agree_with_an_independent_formulation(int time)
    {
        var random = new Random(time);
        var solver = new TimeFitSolver();
        foreach (var movies in new[] { 40, 150, 600 })
        {
            // From flat to steep scores: the bounds prune little on the first and much on the last.
            foreach (var exponent in new[] { 0.01, 1, 8 })
            {
                var (minutes, scores) = Movies(random, movies, shortest: 4, longest: 240);
                scores = [.. scores.Select(score => (float)Math.Pow(score, exponent))];
                var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];

                var fit = solver.Solve(minutes, scores, time, FillWeight, chosen);

                var (objective, _, fills) = ExhaustiveTimeFit.ByStates(minutes, scores, time, FillWeight);
                ExhaustiveTimeFit.AssertIsSet(fit, chosen, minutes, scores, time, FillWeight);
                Assert.Equal(fills, fit.FillsTime);
                Assert.Equal(objective, fit.Objective, 1e-5);
            }
        }
    }

    [Fact]
    public void Where_scores_go_with_length_the_optimum_is_found_beyond_the_first_movies()
    {
        const int Cases = 400;
        const int First = 64;
        var random = new Random(64);
        var solver = new TimeFitSolver();
        var beyond = 0;
        for (var round = 0; round < Cases; round++)
        {
            var time = random.Next(100, 420);
            var slope = (random.NextSingle() - 0.3f) / 100;
            short[] minutes = [.. Enumerable.Range(0, 250).Select(_ => (short)random.Next(40, 200))];
            float[] scores = [.. minutes.Select(minute => 0.5f + (slope * (minute - 120)) + (0.1f * random.NextSingle()))];
            var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];

            var fit = solver.Solve(minutes, scores, time, FillWeight, chosen);

            var (objective, _, fills) = ExhaustiveTimeFit.ByTable(ExhaustiveTimeFit.Table(minutes, scores, time), FillWeight);
            ExhaustiveTimeFit.AssertIsSet(fit, chosen, minutes, scores, time, FillWeight);
            Assert.Equal(fills, fit.FillsTime);
            Assert.Equal(objective, fit.Objective, 1e-5);

            var first = Enumerable.Range(0, minutes.Length).Where(movie => minutes[movie] <= time).GroupBy(movie => minutes[movie])
                .SelectMany(equal =>
                    equal.OrderByDescending(movie => scores[movie]).Take(Math.Min(TimeFitSolver.MaximumMovies(time), time / equal.Key)))
                .OrderByDescending(movie => scores[movie]).Take(First).ToArray();
            var (ofFirst, _, firstFills) = ExhaustiveTimeFit.ByTable(
                ExhaustiveTimeFit.Table([.. first.Select(movie => minutes[movie])], [.. first.Select(movie => scores[movie])], time), FillWeight);
            beyond += firstFills && ofFirst < objective - 1e-4 ? 1 : 0;
        }

        output.WriteLine($"{Cases} cases; in {beyond} the first {First} movies fill the time, and a better set has others");
        Assert.InRange(beyond, Cases / 20, Cases);
    }

    [Fact]
    public void A_time_that_cannot_be_filled_gets_the_fullest_set_and_says_so()
    {
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        var fit = new TimeFitSolver().Solve([50, 60, 20], [0.9f, 0.1f, 0.5f], 100, FillWeight, chosen);
        Assert.False(fit.FillsTime);
        Assert.Equal(80, fit.TotalMinutes);
        Assert.Equal([1, 2], chosen[..fit.MovieCount].Order());
    }

    [Fact]
    public void A_set_never_has_more_movies_than_its_time_allows()
    {
        Assert.Equal(5, TimeFitSolver.MaximumMovies(30));
        Assert.Equal(5, TimeFitSolver.MaximumMovies(359));
        Assert.Equal(6, TimeFitSolver.MaximumMovies(360));
        Assert.Equal(15, TimeFitSolver.MaximumMovies(1440));

        short[] minutes = [.. Enumerable.Repeat((short)10, 40)];
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        var fit = new TimeFitSolver().Solve(minutes, [.. Enumerable.Repeat(1f, 40)], 180, FillWeight, chosen);
        Assert.False(fit.FillsTime);
        Assert.Equal(5, fit.MovieCount);
    }

    [Fact]
    public void No_candidates_give_no_movies()
    {
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        Assert.Equal(0, new TimeFitSolver().Solve([], [], 180, FillWeight, chosen).MovieCount);
        Assert.Equal(0, new TimeFitSolver().Solve([200, 0], [1f, 1f], 180, FillWeight, chosen).MovieCount);
    }

    [Fact]
    public void A_solver_that_was_used_before_gives_what_a_new_one_gives()
    {
        var random = new Random(7);
        var used = new TimeFitSolver();
        for (var round = 0; round < 200; round++)
        {
            var time = random.Next(20, 1000);
            var (minutes, scores) = Movies(random, random.Next(1, 400), shortest: 10, longest: 240);
            var (first, second) = (new int[15], new int[15]);
            Assert.Equal(new TimeFitSolver().Solve(minutes, scores, time, FillWeight, first), used.Solve(minutes, scores, time, FillWeight, second));
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void A_set_around_locked_movies_is_the_optimum_of_all_subsets_that_hold_them()
    {
        const int Cases = 4000;
        var random = new Random(3);
        var solver = new TimeFitSolver();
        var (alone, others) = (0, 0);
        for (var round = 0; round < Cases; round++)
        {
            var time = random.Next(60, 700);
            var (minutes, scores) = Movies(random, random.Next(1, 13), shortest: 5, longest: 200);
            var locked = random.Next(1, Math.Min(4, minutes.Length + 1));
            var lockedMinutes = minutes[..locked].Sum(minute => minute);
            if (lockedMinutes > time)
            {
                continue;
            }

            var part = new LockedPart(locked, lockedMinutes, scores[..locked].Sum());
            var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
            var fit = solver.Solve(minutes.AsSpan(locked), scores.AsSpan(locked), time, FillWeight, chosen, part);

            var (objective, total, fills) = ExhaustiveTimeFit.BySubsets(minutes, scores, time, FillWeight, (1 << locked) - 1);
            int[] set = [.. Enumerable.Range(0, locked), .. chosen[..(fit.MovieCount - locked)].Select(movie => locked + movie)];
            ExhaustiveTimeFit.AssertIsSet(fit, set, minutes, scores, time, FillWeight);
            Assert.Equal(fills, fit.FillsTime);
            Assert.Equal(objective, fit.Objective, 1e-5);
            if (!fills)
            {
                Assert.Equal(total, fit.TotalMinutes);
            }

            alone += set.Length == locked ? 1 : 0;
            others += set.Length > locked ? 1 : 0;
        }

        output.WriteLine($"{others} sets with movies beside the locked ones, {alone} without");
        Assert.InRange(alone, Cases / 50, Cases);
        Assert.InRange(others, Cases / 5, Cases);
    }

    [Theory]
    [InlineData(180)]
    [InlineData(480)]
    [InlineData(1440)]
    public void Large_catalogs_around_locked_movies_agree_with_an_independent_formulation(int time)
    {
        var random = new Random(time);
        var solver = new TimeFitSolver();
        foreach (var movies in new[] { 40, 150, 600 })
        {
            foreach (var exponent in new[] { 0.01, 1, 8 })
            {
                for (var locked = 1; locked <= 3; locked++)
                {
                    var (minutes, scores) = Movies(random, movies + locked, shortest: 4, longest: 240);
                    scores = [.. scores.Select(score => (float)Math.Pow(score, exponent))];
                    minutes.AsSpan(0, locked).Fill((short)(time / 5));
                    var part = new LockedPart(locked, time / 5 * locked, scores[..locked].Sum());
                    var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];

                    var fit = solver.Solve(minutes.AsSpan(locked), scores.AsSpan(locked), time, FillWeight, chosen, part);

                    var table = ExhaustiveTimeFit.Table(
                        minutes[locked..], scores[locked..], time, [.. minutes[..locked].Zip(scores, (minute, score) => ((int)minute, score))]);
                    var (objective, _, fills) = ExhaustiveTimeFit.ByTable(table, FillWeight);
                    int[] set = [.. Enumerable.Range(0, locked), .. chosen[..(fit.MovieCount - locked)].Select(movie => locked + movie)];
                    ExhaustiveTimeFit.AssertIsSet(fit, set, minutes, scores, time, FillWeight);
                    Assert.Equal(fills, fit.FillsTime);
                    Assert.Equal(objective, fit.Objective, 1e-5);
                }
            }
        }
    }

    [Fact]
    public void As_many_locked_movies_as_a_set_has_are_the_set()
    {
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        var fit = new TimeFitSolver().Solve([20, 30], [1f, 1f], 100, FillWeight, chosen, new LockedPart(5, 50, 2.5f));
        Assert.Equal((5, 50, false), (fit.MovieCount, fit.TotalMinutes, fit.FillsTime));

        fit = new TimeFitSolver().Solve([20, 30], [1f, 1f], 100, FillWeight, chosen, new LockedPart(2, 100, 0.1f));
        Assert.Equal((2, 100, true), (fit.MovieCount, fit.TotalMinutes, fit.FillsTime));
    }

    private static (short[] Minutes, float[] Scores) Movies(Random random, int count, int shortest, int longest) => (
        [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(shortest, longest + 1))],
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())]);
}
