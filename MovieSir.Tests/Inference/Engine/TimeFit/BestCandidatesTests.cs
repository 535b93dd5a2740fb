using MovieSir.Inference.Engine.TimeFit;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>A time fit over the best candidates alone says whether it is the one over all.</summary>
public sealed class BestCandidatesTests(ITestOutputHelper output)
{
    private const float FillWeight = 0.02f;

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(8)]
    public void What_is_called_the_optimum_of_all_is_it(double steepness)
    {
        const int Cases = 600;
        var random = new Random(31);
        var solver = new TimeFitSolver();
        var decided = 0;
        for (var round = 0; round < Cases; round++)
        {
            var movies = random.Next(20, 4000);
            var time = random.Next(30, 1441);
            short[] minutes = [.. Enumerable.Range(0, movies).Select(_ => (short)random.Next(40, 240))];
            float[] scores = [.. Enumerable.Range(0, movies).Select(_ => (float)Math.Pow(random.NextSingle(), steepness))];
            var leastScore = scores.Order().ElementAt(random.Next(movies));
            int[] best = [.. Enumerable.Range(0, movies).Where(movie => scores[movie] > leastScore)];
            var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];

            if (solver.TrySolve(
                [.. best.Select(movie => minutes[movie])], [.. best.Select(movie => scores[movie])], leastScore,
                new TimeFitProblem(time, FillWeight, default), chosen, out var fit))
            {
                decided++;
                var all = solver.Solve(minutes, scores, time, FillWeight, new int[TimeFitSolver.AbsoluteMaximumMovies]);
                Assert.Equal((all.MovieCount, all.TotalMinutes, all.FillsTime), (fit.MovieCount, fit.TotalMinutes, fit.FillsTime));
                Assert.Equal(all.Objective, fit.Objective, 1e-5);
            }
        }

        output.WriteLine($"{decided} of {Cases} decided by a part of the candidates");
        Assert.InRange(decided, Cases / 10, Cases);
    }

    [Fact]
    public void The_sampled_score_leaves_some_hundred_candidates()
    {
        var random = new Random(3);
        foreach (var movies in new[] { 2048, 7_400, 62_700, 400_000 })
        {
            float[] scores = [.. Enumerable.Range(0, movies).Select(_ => random.NextSingle())];
            var least = BestCandidates.LeastScore(scores);
            var selected = scores.Count(score => score > least);
            output.WriteLine($"{selected} of {movies:N0}");
            Assert.InRange(selected, 100, movies / 2);
        }

        Assert.Equal(float.NegativeInfinity, BestCandidates.LeastScore(new float[500]));
    }
}
