using MovieSir.Inference.Engine.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Serving;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>The time fit over movies as they are, through the service, for requests of 30 to 900 minutes.</summary>
public abstract class MoviesTimeFitTests(MoviesFixture movies, int requests)
{
    private static readonly float FillWeight = new TimeFitOptions().FillWeight;

    [Fact]
    public async Task Every_set_is_the_optimum_of_all_candidates_by_a_second_formulation_and_under_a_relaxed_bound()
    {
        var random = new Random(20261125);
        var (sets, inBand, shortfall, candidates) = (0, 0, 0.0, 0L);
        var gaps = new List<double>();
        for (var round = 0; round < requests; round++)
        {
            var request = movies.Request(random, Minutes(random));
            var answer = await movies.NoiseFree.PostAsync<RecommendResponse>("/recommend", request);
            foreach (var (track, set, excluded) in new[] { (Track.A, answer.TrackA, Array.Empty<int>()),
                (Track.B, answer.TrackB, RecommendTests.Ids(answer.TrackA)) })
            {
                var choice = await movies.ChoiceAsync(request, track, excluded);
                var (objective, total, fills) = ExhaustiveTimeFit.ByTable(
                    ExhaustiveTimeFit.Table(choice.Minutes, choice.Scores, choice.Time), FillWeight);

                AssertIsSet(set, choice);
                Assert.Equal(fills, set.FillsTime);
                if (total == 0)
                {
                    Assert.Empty(set.Movies);
                    continue;
                }

                var reached = Objective(set, choice.Time);
                sets++;
                inBand += fills ? 1 : 0;
                candidates += choice.Candidates.Length;
                shortfall = Math.Max(shortfall, objective - reached);
                Assert.Equal(objective, reached, 1e-5);
                if (!fills)
                {
                    Assert.Equal(total, set.TotalRuntime);
                    continue;
                }

                var gap = ExhaustiveTimeFit.UpperBound(choice.Minutes, choice.Scores, choice.Time, FillWeight) - reached;
                Assert.True(gap >= -1e-5, $"The set is better than a bound on all sets, by {-gap}.");
                gaps.Add(gap);
            }
        }

        Print($"{sets} sets of 30 to 900 minutes over {candidates / sets:N0} candidates on average, {inBand} within 90-100 %: "
            + $"none is further than {shortfall:E1} below the optimum over all candidates;");
        Print($"the bound by Lagrangian relaxation lies {gaps.Average():F4} above them on average, at most {gaps.Max():F4}");
        Assert.InRange(gaps.Average(), 0, 0.02);
        Assert.InRange(inBand, sets / 2, sets);
    }

    [Fact]
    public async Task Small_choices_have_the_optimum_that_branch_and_bound_finds()
    {
        const int Cases = 400;
        var random = new Random(7);
        var solver = new TimeFitSolver();
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        var full = await movies.ChoiceAsync(movies.Request(random, 900, filtered: false), Track.A, []);
        var feasible = 0;
        for (var round = 0; round < Cases; round++)
        {
            var some = random.GetItems(full.Candidates, random.Next(3, 29)).DistinctBy(movie => movie.MovieId).ToArray();
            var choice = new MovieChoice(Minutes(random), some);

            var fit = solver.Solve(choice.Minutes, choice.Scores, choice.Time, FillWeight, chosen);
            var optimum = ExhaustiveTimeFit.ByBranches(choice.Minutes, choice.Scores, choice.Time, FillWeight);

            Assert.Equal(double.IsFinite(optimum), fit.FillsTime);
            if (fit.FillsTime)
            {
                feasible++;
                ExhaustiveTimeFit.AssertIsSet(fit, chosen, choice.Minutes, choice.Scores, choice.Time, FillWeight);
                Assert.Equal(optimum, fit.Objective, 1e-5);
            }
        }

        Print($"{Cases} choices of up to 28 real movies: {feasible} can be filled, every set is branch and bound's optimum");
        Assert.InRange(feasible, Cases / 4, Cases);
    }

    [Fact]
    public async Task Every_request_that_can_be_filled_is_and_the_others_get_the_fullest_set_and_are_flagged()
    {
        var random = new Random(30_900);
        var (feasible, others, empty) = (0, 0, 0);
        for (var round = 0; round < 3 * requests; round++)
        {
            // Every third is short, where few movies fit.
            var request = movies.Request(random, round % 3 == 0 ? random.Next(30, 100) : Minutes(random)) with { Seed = round };
            var answer = await movies.Host.PostAsync<RecommendResponse>("/recommend", request);
            foreach (var (track, set, excluded) in new[] { (Track.A, answer.TrackA, Array.Empty<int>()),
                (Track.B, answer.TrackB, RecommendTests.Ids(answer.TrackA)) })
            {
                var choice = await movies.ChoiceAsync(request, track, excluded);
                AssertIsSet(set, choice);
                var fullest = Fullest(choice);
                var fills = fullest > 0 && fullest * 10 >= choice.Time * 9;
                Assert.Equal(fills, set.FillsTime);
                if (fills)
                {
                    feasible++;
                    Assert.InRange(set.TotalRuntime * 10, choice.Time * 9, choice.Time * 10);
                }
                else
                {
                    others++;
                    empty += fullest == 0 ? 1 : 0;
                    Assert.Equal(fullest, set.TotalRuntime);
                }
            }
        }

        Print($"{feasible} of {feasible} tracks that can fill 90-100 % of 30 to 900 minutes do; "
            + $"{others} cannot ({empty} of them have no movie that fits): each has the fullest set and says so");
        Assert.InRange(feasible, requests, int.MaxValue);
        Assert.InRange(others, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_single_movie_is_the_best_of_its_level_and_within_3_percent_of_it_where_seeds_vary()
    {
        var random = new Random(11);
        var (answers, none) = (0, 0);
        var levels = new int[3];
        for (var round = 0; round < 2 * requests; round++)
        {
            var request = movies.Request(random, Minutes(random) / 4);
            var track = random.Next(2) == 0 ? Track.A : Track.B;
            var candidates = await movies.Recorder.CandidatesAsync(movies.NoiseFree, request, track, []);
            var level = Array.FindIndex([90, 70, 0], percent => candidates.Any(movie => movie.Minutes * 100 >= request.AvailableTime * percent));
            var single = new RecommendSingleRequest
            {
                UserMovieIds = request.UserMovieIds,
                NegativeMovieIds = request.NegativeMovieIds,
                PreferredGenres = request.PreferredGenres,
                PreferredOtts = request.PreferredOtts,
                TargetRuntime = request.AvailableTime,
                Track = track,
                Seed = round,
            };
            if (level < 0)
            {
                none++;
                Assert.Equal(404, (await movies.Host.RefusedAsync("/recommend_single", single)).Status);
                continue;
            }

            var best = candidates.Where(movie => movie.Minutes * 100 >= request.AvailableTime * new[] { 90, 70, 0 }[level]).Max(movie => movie.Score);
            var movie = await movies.NoiseFree.PostAsync<SingleMovieAnswer>("/recommend_single", single);
            var varied = await movies.Host.PostAsync<SingleMovieAnswer>("/recommend_single", single);
            Assert.Equal(level, movie.FallbackLevel);
            Assert.Equal(best, movie.Score);
            Assert.Equal(level, varied.FallbackLevel);
            Assert.InRange(varied.Score, (0.97f * best) - 1e-6f, best);
            Assert.Equal(varied.Score, candidates.Single(candidate => candidate.MovieId == varied.MovieId).Score);
            answers++;
            levels[level]++;
        }

        Print($"{answers} single movies by level {string.Join('/', levels)}, {none} requests without any: "
            + "all the best without noise, none under .97 of it with");
        Assert.True(answers > 0);
    }

    private static void AssertIsSet(TrackAnswer set, MovieChoice choice)
    {
        Assert.Equal(set.Movies.Count, set.Movies.DistinctBy(movie => movie.MovieId).Count());
        Assert.InRange(set.Movies.Count, 0, TimeFitSolver.MaximumMovies(choice.Time));
        Assert.Equal(set.TotalRuntime, set.Movies.Sum(movie => movie.Runtime!.Value));
        Assert.InRange(set.TotalRuntime, 0, choice.Time);
        var candidates = choice.Candidates.ToDictionary(movie => movie.MovieId, movie => movie.Score);
        Assert.All(set.Movies, movie => Assert.Equal(candidates[movie.MovieId], movie.Score));
    }

    private static double Objective(TrackAnswer set, int time) =>
        set.Movies.Average(movie => (double)movie.Score) + (FillWeight * (double)set.TotalRuntime / time);

    /// <summary>The most minutes that any allowed set has, by which totals can be reached at all.</summary>
    private static int Fullest(MovieChoice choice)
    {
        var maximumMovies = Math.Min(15, Math.Max(5, (choice.Time / 90) + 2));
        var reached = new bool[maximumMovies + 1, choice.Time + 1];
        reached[0, 0] = true;
        foreach (var length in choice.Minutes.GroupBy(minutes => minutes).SelectMany(equal => equal.Take(maximumMovies)))
        {
            for (var count = maximumMovies; count >= 1; count--)
            {
                for (var total = choice.Time; total >= length; total--)
                {
                    reached[count, total] |= reached[count - 1, total - length];
                }
            }
        }

        return Enumerable.Range(0, choice.Time + 1).Last(total => Enumerable.Range(0, maximumMovies + 1).Any(count => reached[count, total]));
    }

    private static int Minutes(Random random) => random.Next(30, 901);

    private static void Print(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}

[Collection(RealMovies.Name)]
public sealed class RealMoviesTimeFitTests(RealMoviesFixture movies) : MoviesTimeFitTests(movies, requests: 40);

[Collection(SampleMovies.Name)]
public sealed class SampleMoviesTimeFitTests(SampleMoviesFixture movies) : MoviesTimeFitTests(movies, requests: 80);
