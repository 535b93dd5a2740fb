using MovieSir.Inference.Engine.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Engine.TimeFit;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>Two viewers who watch together: what they are answered, computed a second time from what each alone is answered.</summary>
[Collection(SampleMovies.Name)]
public sealed class GroupTests(SampleMoviesFixture movies)
{
    private static readonly float FillWeight = new TimeFitOptions().FillWeight;

    [Theory]
    [InlineData(null)]
    [InlineData(GroupMode.BothLike)]
    [InlineData(GroupMode.Compromise)]
    public async Task A_movie_counts_by_the_lower_or_the_mean_of_what_both_score_and_the_set_is_the_optimum(GroupMode? mode)
    {
        var random = new Random(16);
        var (compared, sets, largest) = (0, 0, 0.0);
        for (var round = 0; round < 25; round++)
        {
            var (first, second) = (movies.Request(random, random.Next(90, 500), filtered: false), movies.Request(random, 100, filtered: false));
            var together = first with
            {
                UserMovieIds = [],
                NegativeMovieIds = [],
                Groups = [first.UserMovieIds, second.UserMovieIds],
                GroupMode = mode,
            };
            foreach (var track in new[] { Track.A, Track.B })
            {
                var both = await movies.Recorder.CandidatesAsync(movies.NoiseFree, together, track, []);
                var (one, other) = (await AloneAsync(together, 0, track), await AloneAsync(together, 1, track));
                Assert.Equal(both.Select(movie => movie.MovieId), one.Select(movie => movie.MovieId));
                for (var i = 0; i < both.Length; i++)
                {
                    var (z1, z2) = (ZScore(one[i].Score), ZScore(other[i].Score));
                    var expected = Score(mode == GroupMode.Compromise ? (z1 + z2) / 2 : Math.Min(z1, z2));
                    largest = Math.Max(largest, Math.Abs(expected - both[i].Score));
                    compared++;
                }
            }

            var answer = await movies.NoiseFree.PostAsync<RecommendResponse>("/recommend", together);
            (Track, TrackAnswer, int[])[] tracks = [(Track.A, answer.TrackA, []), (Track.B, answer.TrackB, RecommendTests.Ids(answer.TrackA))];
            foreach (var (track, set, excluded) in tracks)
            {
                var choice = await movies.ChoiceAsync(together, track, excluded);
                var table = ExhaustiveTimeFit.Table(choice.Minutes, choice.Scores, choice.Time);
                var (objective, total, fills) = ExhaustiveTimeFit.ByTable(table, FillWeight);
                var mean = set.Movies.Average(movie => (double)movie.Score);
                Assert.Equal((fills, total > 0), (set.FillsTime, set.Movies.Count > 0));
                Assert.Equal(objective, mean + (FillWeight * (double)set.TotalRuntime / choice.Time), 1e-5);
                Assert.Empty(RecommendTests.Ids(set).Intersect(together.Groups[0].Concat(together.Groups[1])));
                sets++;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{compared:N0} scores of two, at most {largest:E1} from those of each alone; {sets} sets are the optimum");
        Assert.InRange(largest, 0, 1e-4);
    }

    [Fact]
    public async Task Each_reason_is_a_movie_of_one_of_the_two()
    {
        var random = new Random(2);
        var (first, second) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            int[][] groups = [movies.Request(random, 100).UserMovieIds, movies.Request(random, 100).UserMovieIds];
            var answer = await AskAsync(new { groups, available_time = 300, seed = round, group_mode = "compromise" });
            foreach (var reason in answer.TrackA.Movies.Concat(answer.TrackB.Movies).Select(movie => movie.Because?.MovieId).OfType<int>())
            {
                Assert.Contains(reason, groups[0].Concat(groups[1]));
                first += groups[0].Contains(reason) ? 1 : 0;
                second += groups[1].Contains(reason) ? 1 : 0;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"reasons from the first's movies: {first}, from the second's: {second}");
        Assert.True(first > 20 && second > 20);
    }

    [Fact]
    public async Task The_order_of_two_changes_nothing_and_twice_the_same_is_one()
    {
        var random = new Random(9);
        for (var round = 0; round < 10; round++)
        {
            var (a, b) = (movies.Request(random, 100).UserMovieIds, movies.Request(random, 100).UserMovieIds);
            var ab = await AskAsync(new { groups = new[] { a, b }, available_time = 240, seed = round });
            var ba = await AskAsync(new { groups = new[] { b, a }, available_time = 240, seed = round });
            Assert.Equal(RecommendTests.Ids(ab.TrackA), RecommendTests.Ids(ba.TrackA));

            var twice = await AskAsync(new { groups = new[] { a, a }, available_time = 240, seed = round });
            var once = await AskAsync(new { user_movie_ids = a, available_time = 240, seed = round });
            Assert.Equal(RecommendTests.Ids(once.TrackA), RecommendTests.Ids(twice.TrackA));
            Assert.Equal(RecommendTests.Ids(once.TrackB), RecommendTests.Ids(twice.TrackB));
        }
    }

    [Fact]
    public async Task What_one_of_two_has_watched_is_answered_to_neither_and_joins_no_profile()
    {
        var random = new Random(10);
        for (var round = 0; round < 20; round++)
        {
            int[][] groups = [movies.Request(random, 100).UserMovieIds, movies.Request(random, 100).UserMovieIds];
            var watched = movies.Request(random, 100).UserMovieIds;
            var history = watched.Select(id => new { movie_id = id, rating = 5f });
            var answer = await movies.NoiseFree.PostAsync<RecommendResponse>("/recommend", new { groups, history, available_time = 300 });
            Assert.Empty(answer.TrackA.Movies.Concat(answer.TrackB.Movies).Select(movie => movie.MovieId).Intersect(watched));

            var forbidden = new { movie_ids = watched };
            var without = await movies.NoiseFree.PostAsync<RecommendResponse>(
                "/recommend", new { groups, content_rules = forbidden, available_time = 300 });
            Assert.Equal(RecommendTests.Ids(without.TrackA), RecommendTests.Ids(answer.TrackA));
        }
    }

    // Over the same candidates: what the other has in the profile is forbidden.
    private Task<RecordedCandidate[]> AloneAsync(RecommendRequest together, int viewer, Track track) => movies.Recorder.CandidatesAsync(
        movies.NoiseFree,
        together with
        {
            Groups = null,
            UserMovieIds = together.Groups![viewer],
            ContentRules = new ContentRuleSet { MovieIds = together.Groups[1 - viewer] },
        },
        track,
        []);

    private Task<RecommendResponse> AskAsync(object request) => movies.Host.PostAsync<RecommendResponse>("/recommend", request);

    private static double Score(double z) => 1 / (1 + Math.Sqrt(1 + (z * z)) - z);

    private static double ZScore(double score)
    {
        var root = (1 / score) - 1;
        return (1 - (root * root)) / (2 * root);
    }
}
