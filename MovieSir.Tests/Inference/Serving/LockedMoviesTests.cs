using MovieSir.Inference.Engine.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Engine.TimeFit;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>Movies that stay in a set while the rest of the time is filled anew.</summary>
[Collection(SampleMovies.Name)]
public sealed class LockedMoviesTests(SampleMoviesFixture movies)
{
    private static readonly float FillWeight = new TimeFitOptions().FillWeight;

    [Fact]
    public async Task Locked_movies_stay_and_the_rest_is_the_optimum_of_all_sets_that_hold_them()
    {
        var random = new Random(77);
        var (sets, filled) = (0, 0);
        for (var round = 0; round < 60; round++)
        {
            var request = movies.Request(random, random.Next(200, 700));
            var before = await movies.Host.PostAsync<RecommendResponse>("/recommend", request with { Seed = round });
            var locked = RecommendTests.Ids(before.TrackB)[..(before.TrackB.Movies.Count / 2)];
            if (locked.Length == 0)
            {
                continue;
            }

            var asked = request with { LockedMovieIds = locked, LockedTrack = Track.B, ExcludedIdsB = RecommendTests.Ids(before.TrackB) };
            var answer = await movies.NoiseFree.PostAsync<RecommendResponse>("/recommend", asked);

            var set = answer.TrackB;
            var candidates = Choosable(movies.Recorder.LastCandidates(movies.NoiseFree.Catalog.Snapshot));
            var kept = set.Movies.Where(movie => locked.Contains(movie.MovieId)).ToArray();
            Assert.Equal(locked.Order(), kept.Select(movie => movie.MovieId).Order());
            Assert.Empty(RecommendTests.Ids(set).Except(locked).Intersect(asked.ExcludedIdsB));
            Assert.Empty(RecommendTests.Ids(answer.TrackA).Intersect(RecommendTests.Ids(set)));
            Assert.Equal(set.TotalRuntime, set.Movies.Sum(movie => movie.Runtime!.Value));

            var table = ExhaustiveTimeFit.Table(
                [.. candidates.Select(movie => movie.Minutes)], [.. candidates.Select(movie => movie.Score)], asked.AvailableTime!.Value,
                [.. kept.Select(movie => ((int)movie.Runtime!.Value, movie.Score))]);
            var (objective, _, fills) = ExhaustiveTimeFit.ByTable(table, FillWeight);
            Assert.Equal(fills, set.FillsTime);
            var mean = set.Movies.Average(movie => (double)movie.Score);
            Assert.Equal(objective, mean + (FillWeight * (double)set.TotalRuntime / asked.AvailableTime.Value), 1e-5);
            sets++;
            filled += fills ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{sets} sets around locked movies, {filled} fill their time: all are the optimum");
        Assert.InRange(sets, 30, 60);
    }

    [Fact]
    public async Task Seeds_vary_what_is_filled_in_and_never_what_is_locked()
    {
        var random = new Random(5);
        var varied = 0;
        for (var round = 0; round < 20; round++)
        {
            var request = movies.Request(random, 400, filtered: false);
            var first = await movies.Host.PostAsync<RecommendResponse>("/recommend", request with { Seed = 1 });
            var locked = RecommendTests.Ids(first.TrackA)[..1];
            var answers = new HashSet<string>();
            for (var seed = 0; seed < 5; seed++)
            {
                var answer = await movies.Host.PostAsync<RecommendResponse>("/recommend", request with { LockedMovieIds = locked, Seed = seed });
                Assert.Contains(locked[0], RecommendTests.Ids(answer.TrackA));
                Assert.True(answer.TrackA.FillsTime);
                answers.Add(string.Join(',', RecommendTests.Ids(answer.TrackA)));
            }

            varied += answers.Count > 1 ? 1 : 0;
        }

        Assert.InRange(varied, 10, 20);
    }

    [Fact]
    public async Task A_locked_movie_needs_neither_the_genres_nor_the_services_nor_to_be_unexcluded_and_brings_none_of_its_series()
    {
        var snapshot = movies.Host.Catalog.Snapshot;
        var series = Enumerable.Range(0, snapshot.Count).Where(row => snapshot.Series[row] >= 0 && snapshot.RuntimeMinutes[row] is > 0 and < 200)
            .GroupBy(row => snapshot.Series[row]).First(rows => rows.Count() > 1).ToArray();
        var locked = snapshot.MovieIds[series[0]];
        for (var seed = 0; seed < 10; seed++)
        {
            var answer = await movies.Host.PostAsync<RecommendResponse>("/recommend", new
            {
                user_movie_ids = Array.Empty<int>(),
                available_time = 600,
                preferred_genres = new[] { "Documentary" },
                preferred_otts = new[] { "Netflix" },
                excluded_ids_a = new[] { locked },
                locked_movie_ids = new[] { locked },
                seed,
            });
            Assert.Contains(locked, RecommendTests.Ids(answer.TrackA));
            Assert.DoesNotContain(locked, RecommendTests.Ids(answer.TrackB));

            var wide = await movies.Host.PostAsync<RecommendResponse>(
                "/recommend", new { available_time = 600, locked_movie_ids = new[] { locked }, seed });
            Assert.Empty(RecommendTests.Ids(wide.TrackA).Intersect(series[1..].Select(row => snapshot.MovieIds[row])));
        }
    }

    // Of the movies of a series only the best can be chosen.
    private RecordedCandidate[] Choosable(RecordedCandidate[] candidates)
    {
        var series = movies.Host.Catalog.Snapshot.Series;
        return
        [
            .. candidates.GroupBy(movie => series[movie.Row.Index] < 0 ? ~movie.Row.Index : series[movie.Row.Index])
                .Select(rows => rows.MaxBy(movie => movie.Score)),
        ];
    }
}

/// <summary>Movies that cannot stay in a set are refused, each by its field.</summary>
public sealed class LockRefusalTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly int Adult = EngineCatalog.Id(39);
    private static readonly int WithoutMinutes = EngineCatalog.Id(29);

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "unknown", $$"""{"available_time":300,"locked_movie_ids":[1001,7]}""", "locked_movie_ids[1]" },
        { "twice", """{"available_time":300,"locked_movie_ids":[1001,1002,1001]}""", "locked_movie_ids[2]" },
        { "adults only", $$"""{"available_time":300,"locked_movie_ids":[{{Adult}}]}""", "locked_movie_ids[0]" },
        { "no minutes", $$"""{"available_time":300,"locked_movie_ids":[{{WithoutMinutes}}]}""", "locked_movie_ids[0]" },
        { "of the profile", """{"available_time":300,"user_movie_ids":[1001],"locked_movie_ids":[1001]}""", "locked_movie_ids[0]" },
        { "watched", """{"available_time":300,"history":[{"movie_id":1001}],"locked_movie_ids":[1001]}""", "locked_movie_ids[0]" },
        { "disliked", """{"available_time":300,"negative_movie_ids":[1001],"locked_movie_ids":[1001]}""", "locked_movie_ids[0]" },
        { "of another's profile", """{"available_time":300,"groups":[[],[1001]],"locked_movie_ids":[1001]}""", "locked_movie_ids[0]" },
        { "forbidden", """{"available_time":300,"content_rules":{"movie_ids":[1001]},"locked_movie_ids":[1001]}""", "locked_movie_ids[0]" },
        { "too long", """{"available_time":100,"locked_movie_ids":[1001,1002]}""", "locked_movie_ids" },
        { "too many", """{"available_time":200,"locked_movie_ids":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}""", "locked_movie_ids" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_movie_that_cannot_stay_is_refused_by_its_field(string why, string body, string field)
    {
        var (status, problem) = await engine.Host.RefusedAsync("/recommend", System.Text.Json.JsonDocument.Parse(body).RootElement);
        Assert.True(status == 422, $"{why}: {status} {problem}");
        Assert.Equal(why == "too many" ? "VALIDATION_FAILED" : "INVALID_LOCK", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task More_movies_than_a_set_of_the_time_has_are_refused()
    {
        var ids = Enumerable.Range(0, EngineCatalog.Movies).Select(EngineCatalog.Id)
            .Where(id => EngineCatalog.HasMinutes(id) && !EngineCatalog.IsAdult(id) && EngineCatalog.Minutes(id) is < 62).Take(7).ToArray();
        var (status, problem) = await engine.Host.RefusedAsync("/recommend", new { available_time = 449, locked_movie_ids = ids });
        Assert.Equal(422, status);
        Assert.Contains("at most 6", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
