using MovieSir.Inference.Engine.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Serving;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>Variety without loss over movies and viewers as they are: what two seeds share, and what it costs against the best set.</summary>
public abstract class MoviesVarietyTests(MoviesFixture movies, int requests)
{
    private const int LeastCandidates = 100;

    [Fact]
    public async Task Two_seeds_share_at_most_half_their_movies_and_every_mean_score_is_within_3_percent_of_the_best()
    {
        var random = new Random(99);
        var measured = new List<Measured>();
        for (var round = 0; round < requests; round++)
        {
            var request = movies.Request(random, random.Next(30, 901)) with { Seed = random.NextInt64() };
            var first = await movies.Host.PostAsync<RecommendResponse>("/recommend", request);
            var second = await movies.Host.PostAsync<RecommendResponse>("/recommend", request with { Seed = random.NextInt64() });
            foreach (var (track, one, other, excluded) in new[]
            {
                (Track.A, first.TrackA, second.TrackA, Array.Empty<int>()),
                (Track.B, first.TrackB, second.TrackB, RecommendTests.Ids(first.TrackA)),
            })
            {
                var choice = await movies.ChoiceAsync(request, track, excluded);
                if (one.Movies.Count == 0 || choice.Candidates.Length < LeastCandidates)
                {
                    continue;
                }

                var ratio = one.Movies.Average(movie => (double)movie.Score) / choice.OptimalMean();
                Assert.True(ratio >= new TimeFitOptions().MeanFloor - 1e-5,
                    $"{ratio:P2} of the best mean score, {request.AvailableTime} minutes, track {track}");
                var (a, b) = (RecommendTests.Ids(one), RecommendTests.Ids(other));
                var shared = a.Intersect(b).Count();
                measured.Add(new Measured(track, choice.Time, ((double)shared / a.Length / 2) + ((double)shared / b.Length / 2), ratio));
            }
        }

        foreach (var track in new[] { Track.A, Track.B })
        {
            var all = measured.Where(one => one.Track == track).ToArray();
            Print($"track {track}, {all.Length} requests with {LeastCandidates} candidates: "
                + $"two seeds share {all.Average(one => one.Shared):P1} of their movies, "
                + $"at {all.Average(one => one.Ratio):P2} of the best mean score (worst {all.Min(one => one.Ratio):P2})");
            foreach (var (from, to) in new[] { (30, 120), (121, 240), (241, 480), (481, 900) })
            {
                var part = all.Where(one => one.Minutes >= from && one.Minutes <= to).ToArray();
                Print(part.Length == 0 ? $"  {from}-{to} minutes: none"
                    : $"  {from}-{to} minutes: {part.Length} requests, {part.Average(one => one.Shared):P1}, {part.Average(one => one.Ratio):P2}");
            }

            Assert.True(all.Length >= requests / 2);
            Assert.InRange(all.Average(one => one.Shared), 0, 0.5);
            Assert.InRange(all.Average(one => one.Ratio), 0.97, 1.00001);
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer()
    {
        var random = new Random(4);
        for (var round = 0; round < requests / 5; round++)
        {
            var request = movies.Request(random, random.Next(30, 901)) with { Seed = random.NextInt64() };
            var first = await movies.Host.PostAsync<RecommendResponse>("/recommend", request);
            var again = await movies.Host.PostAsync<RecommendResponse>("/recommend", request);
            foreach (var (one, other) in new[] { (first.TrackA, again.TrackA), (first.TrackB, again.TrackB) })
            {
                Assert.Equal(one.Movies.Select(movie => (movie.MovieId, movie.Score)), other.Movies.Select(movie => (movie.MovieId, movie.Score)));
            }
        }
    }

    [Fact]
    public async Task No_set_holds_two_movies_of_a_series()
    {
        var snapshot = movies.Host.Catalog.Snapshot;
        var random = new Random(8);
        var ofSeries = 0;
        for (var round = 0; round < requests / 5; round++)
        {
            var answer = await movies.Host.PostAsync<RecommendResponse>("/recommend", movies.Request(random, random.Next(300, 901), filtered: false));
            foreach (var track in new[] { answer.TrackA, answer.TrackB })
            {
                int[] series = [.. RecommendTests.Ids(track).Select(id => snapshot.Series[snapshot.RowOf[id]]).Where(number => number >= 0)];
                Assert.Equal(series.Length, series.Distinct().Count());
                ofSeries += series.Length;
            }
        }

        Print($"{ofSeries} movies of series answered, no two of one in a set");
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private sealed record Measured(Track Track, int Minutes, double Shared, double Ratio);
}

[Collection(RealMovies.Name)]
public sealed class RealMoviesVarietyTests(RealMoviesFixture movies) : MoviesVarietyTests(movies, requests: 300);

[Collection(SampleMovies.Name)]
public sealed class SampleMoviesVarietyTests(SampleMoviesFixture movies) : MoviesVarietyTests(movies, requests: 200);
