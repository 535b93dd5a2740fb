using MovieSir.Inference.Engine.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>
/// Our time fit beside the first service's rule over the same candidates with the same scores: of the 300 best, 30 greedy tries in the order of their
/// scores with noise, each movie taken that still fits, up to the most movies of a set; of the tries within 90-100 % the one with the highest sum, or
/// else the fullest.
/// </summary>
public abstract class FirstServiceTimeFitTests(MoviesFixture movies, int requests)
{
    private static readonly float FillWeight = new TimeFitOptions().FillWeight;

    [Fact]
    public async Task More_sets_are_full_and_their_scores_are_the_optimum()
    {
        var random = new Random(814);
        var tries = new Random(30);
        var (feasible, oursFull, firstFull) = (0, 0, 0);
        var (ours, first, sums, firstSums) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < requests; round++)
        {
            var request = movies.Request(random, random.Next(30, 901)) with { Seed = round };
            var choice = await movies.ChoiceAsync(request, Track.A, []);
            var table = ExhaustiveTimeFit.Table(choice.Minutes, choice.Scores, choice.Time);
            var (optimum, _, fills) = ExhaustiveTimeFit.ByTable(table, FillWeight);
            if (!fills)
            {
                continue;
            }

            feasible++;
            var set = (await movies.NoiseFree.PostAsync<RecommendResponse>("/recommend", request)).TrackA;
            oursFull += set.FillsTime ? 1 : 0;
            ours.Add((set.Movies.Average(movie => (double)movie.Score) + (FillWeight * (double)set.TotalRuntime / choice.Time)) / optimum);

            var theirs = FirstRule(choice, tries);
            var total = theirs.Sum(movie => movie.Minutes);
            // Only full sets are compared by score: one that is not full has no place among the sets of the optimum.
            if (total * 10 >= choice.Time * 9)
            {
                firstFull++;
                first.Add((theirs.Average(movie => (double)movie.Score) + (FillWeight * (double)total / choice.Time)) / optimum);
                // What that rule was after: the sum. Its optimum is the best of the table within the band.
                var bestSum = table.Skip(1).Max(row => row[((choice.Time * 9 + 9) / 10)..].Max());
                firstSums.Add(theirs.Sum(movie => (double)movie.Score) / bestSum);
                sums.Add(set.Movies.Sum(movie => (double)movie.Score) / bestSum);
            }
        }

        Print($"{feasible} requests of 30 to 900 minutes that can be filled, track A:");
        Print($"  ours: {(double)oursFull / feasible:P1} within 90-100 %, objective {ours.Average():F3} of the optimum's "
            + $"(score sum {sums.Average():F2} of the largest sum, which is not the objective)");
        Print($"  the first service's rule: {(double)firstFull / feasible:P1} within 90-100 %, objective {first.Average():F3} of the optimum's, "
            + $"score sum {firstSums.Average():F2} of the largest sum");
        Assert.Equal(feasible, oursFull);
        Assert.Equal(1, ours.Average(), 1e-5);
        Assert.True(first.Average() < ours.Average());
        Assert.True(firstFull <= oursFull);
    }

    private static RecordedCandidate[] FirstRule(MovieChoice choice, Random random)
    {
        RecordedCandidate[] best = [.. choice.Candidates.OrderByDescending(movie => movie.Score).Take(300)];
        RecordedCandidate[] full = [];
        RecordedCandidate[] fullest = [];
        for (var round = 0; round < 30; round++)
        {
            var set = new List<RecordedCandidate>();
            foreach (var movie in best.OrderByDescending(movie => movie.Score + (0.1 * random.NextDouble())))
            {
                if (set.Count < TimeFitSolver.MaximumMovies(choice.Time) && set.Sum(one => one.Minutes) + movie.Minutes <= choice.Time)
                {
                    set.Add(movie);
                }
            }

            var total = set.Sum(movie => movie.Minutes);
            full = total * 10 >= choice.Time * 9 && set.Sum(movie => movie.Score) > full.Sum(movie => movie.Score) ? [.. set] : full;
            fullest = total > fullest.Sum(movie => movie.Minutes) ? [.. set] : fullest;
        }

        return full.Length > 0 ? full : fullest;
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}

[Collection(RealMovies.Name)]
public sealed class RealMoviesFirstServiceTests(RealMoviesFixture movies) : FirstServiceTimeFitTests(movies, requests: 60);

[Collection(SampleMovies.Name)]
public sealed class SampleMoviesFirstServiceTests(SampleMoviesFixture movies) : FirstServiceTimeFitTests(movies, requests: 120);
