using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>What holds of every recommendation, asked of the service on a real PostgreSQL.</summary>
public sealed class RecommendTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineHost _host = engine.Host;

    [Fact]
    public async Task Two_tracks_fill_the_time_with_different_movies()
    {
        var answer = await RecommendAsync(new { user_movie_ids = Profile(0), available_time = 180, seed = 1 });

        Assert.Equal("선호 장르 맞춤 추천", answer.TrackA.Label);
        Assert.Equal("장르 확장 추천", answer.TrackB.Label);
        Assert.EndsWith("-hybrid8", answer.ModelVersion, StringComparison.Ordinal);
        Assert.InRange(answer.ElapsedTime, 0, 60);
        foreach (var track in new[] { answer.TrackA, answer.TrackB })
        {
            Assert.True(track.FillsTime);
            Assert.InRange(track.TotalRuntime, 162, 180);
            Assert.Equal(track.TotalRuntime, track.Movies.Sum(movie => movie.Runtime!.Value));
        }

        Assert.Empty(Ids(answer.TrackA).Intersect(Ids(answer.TrackB)));
    }

    [Fact]
    public async Task Sets_are_full_and_nothing_forbidden_is_ever_answered()
    {
        const int Requests = 300;
        var random = new Random(42);
        var (tracks, filled) = (0, 0);
        for (var round = 0; round < Requests; round++)
        {
            var minutes = random.Next(60, 700);
            var watched = Some(random, 10);
            var disliked = Some(random, 3);
            var (excludedA, excludedB) = (Some(random, 30), Some(random, 30));
            var genre = random.Next(EngineCatalog.Clusters);
            var netflix = random.Next(2) == 0;
            var adult = random.Next(4) == 0;

            var answer = await RecommendAsync(new
            {
                user_movie_ids = watched,
                negative_movie_ids = disliked,
                excluded_ids_a = excludedA,
                excluded_ids_b = excludedB,
                available_time = minutes,
                preferred_genres = new[] { EngineCatalog.ClusterGenres[genre] },
                preferred_otts = netflix ? new[] { "넷플릭스" } : null,
                allow_adult = adult,
            });

            foreach (var (track, excluded) in new[] { (answer.TrackA, excludedA), (answer.TrackB, excludedB) })
            {
                var ids = Ids(track);
                Assert.Equal(ids.Length, ids.Distinct().Count());
                Assert.Empty(ids.Intersect(watched));
                Assert.Empty(ids.Intersect(disliked));
                Assert.Empty(ids.Intersect(excluded));
                Assert.All(ids, id => Assert.True(EngineCatalog.HasMinutes(id)));
                Assert.All(ids, id => Assert.True(adult || !EngineCatalog.IsAdult(id)));
                Assert.All(ids, id => Assert.True(!netflix || EngineCatalog.OnNetflix(id)));
                Assert.Equal(track.FillsTime, track.TotalRuntime * 10 >= minutes * 9);
                Assert.InRange(track.TotalRuntime, 0, minutes);
                tracks++;
                filled += track.FillsTime ? 1 : 0;
            }

            Assert.All(Ids(answer.TrackA), id => Assert.True(EngineCatalog.HasGenre(id, genre)));
            Assert.Empty(Ids(answer.TrackA).Intersect(Ids(answer.TrackB)));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{filled} of {tracks} tracks fill 90-100 % of their time");
        Assert.True(filled > tracks * 8 / 10);
    }

    [Fact]
    public async Task Track_B_keeps_the_provider_filter_and_drops_only_the_genres()
    {
        var outside = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var answer = await RecommendAsync(new
            {
                user_movie_ids = Profile(0),
                available_time = 300,
                preferred_genres = new[] { "액션" },
                preferred_otts = new[] { "WAVVE" },
                seed,
            });
            Assert.All(Ids(answer.TrackA).Concat(Ids(answer.TrackB)), id => Assert.True(EngineCatalog.OnWavve(id)));
            outside += Ids(answer.TrackB).Count(id => !EngineCatalog.HasGenre(id, 0));
        }

        Assert.True(outside > 0);
    }

    [Fact]
    public async Task Availability_counts_only_in_the_configured_regions_and_without_extra_cost()
    {
        // Disney Plus only rents; wavve's French movies are nobody's here.
        var disney = await RecommendAsync(new { user_movie_ids = Profile(0), available_time = 300, preferred_otts = new[] { "디즈니 플러스" } });
        Assert.Empty(disney.TrackA.Movies);
        Assert.False(disney.TrackA.FillsTime);
        Assert.Equal(0, disney.TrackB.TotalRuntime);
    }

    [Fact]
    public async Task Years_of_release_are_not_limited()
    {
        var years = new HashSet<int>();
        for (var seed = 0; seed < 40; seed++)
        {
            var answer = await RecommendAsync(new { user_movie_ids = Profile(seed % 6), available_time = 480, seed });
            years.UnionWith(answer.TrackA.Movies.Concat(answer.TrackB.Movies).Select(movie => movie.ReleaseDate!.Value.Year));
        }

        Assert.Contains(years, year => year < 1980);
        Assert.Contains(years, year => year is >= 2000 and <= 2025);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 999_999, 888_888 })]
    public async Task A_viewer_of_whom_nothing_is_known_gets_well_voted_popular_movies(int[] profile)
    {
        var answers = new List<MovieAnswer>();
        for (var seed = 0; seed < 10; seed++)
        {
            var answer = await RecommendAsync(new { user_movie_ids = profile, available_time = 200, seed });
            Assert.True(answer.TrackA.FillsTime && answer.TrackB.FillsTime);
            Assert.All(answer.TrackA.Movies, movie => Assert.Null(movie.Because));
            answers.AddRange(answer.TrackA.Movies);
        }

        var all = engine.Host.Catalog.Snapshot;
        Assert.True(answers.Average(movie => movie.VoteCount) > 1.3 * all.VoteCounts.Average());
        Assert.True(answers.Average(movie => movie.VoteAverage) > all.VoteAverages.Average() + 0.5);
        // Not the first rows of the table.
        Assert.True(answers.Count(movie => movie.MovieId < EngineCatalog.FirstId + 20) < answers.Count / 2);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_none_varies()
    {
        var request = new { user_movie_ids = Profile(2), available_time = 300, seed = 7L };
        var (first, second) = (await RecommendAsync(request), await RecommendAsync(request));
        Assert.Equal(Ids(first.TrackA), Ids(second.TrackA));
        Assert.Equal(Ids(first.TrackB), Ids(second.TrackB));

        var varied = new HashSet<string>();
        for (var round = 0; round < 10; round++)
        {
            var answer = await RecommendAsync(new { user_movie_ids = Profile(2), available_time = 300 });
            varied.Add(string.Join(',', Ids(answer.TrackA)));
        }

        Assert.True(varied.Count > 1);
    }

    [Fact]
    public async Task Taste_decides_and_the_reason_is_a_movie_of_the_profile()
    {
        var profile = Profile(4);
        var (tasteful, all) = (0, 0);
        for (var seed = 0; seed < 10; seed++)
        {
            var answer = await RecommendAsync(new { user_movie_ids = profile, available_time = 240, seed });
            foreach (var movie in answer.TrackA.Movies)
            {
                all++;
                tasteful += EngineCatalog.ClusterOf(movie.MovieId) == 4 ? 1 : 0;
                Assert.Equal(EngineCatalog.HasFactors(movie.MovieId) ? RecommendationType.Hybrid : RecommendationType.SbertOnly,
                    movie.RecommendationType);
                if (EngineCatalog.ClusterOf(movie.MovieId) == 4)
                {
                    Assert.Contains(movie.Because!.MovieId, profile);
                    Assert.False(string.IsNullOrEmpty(movie.Because.Title));
                }
            }
        }

        Assert.True(tasteful > all * 8 / 10, $"{tasteful} of {all}");
    }

    [Fact]
    public async Task Track_B_is_more_novel_than_track_A()
    {
        double votesA = 0, votesB = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var answer = await RecommendAsync(new { user_movie_ids = Profile(seed % 6), available_time = 300, seed });
            votesA += answer.TrackA.Movies.Average(movie => Math.Log(1 + movie.VoteCount));
            votesB += answer.TrackB.Movies.Average(movie => Math.Log(1 + movie.VoteCount));
        }

        Assert.True(votesB < votesA, $"mean ln(1 + votes) {votesB / 20:F2} in B, {votesA / 20:F2} in A");
    }

    [Fact]
    public async Task Disliked_movies_push_down_what_is_like_them()
    {
        // The profile speaks for two clusters; dislikes speak against one of them.
        int[] profile = [.. Profile(1, 4), .. Profile(3, 4)];
        int[] disliked = [.. Enumerable.Range(20, 6).Select(k => EngineCatalog.Id((k * EngineCatalog.Clusters) + 3))];
        var (without, with) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var before = await RecommendAsync(new { user_movie_ids = profile, available_time = 300, seed });
            var after = await RecommendAsync(new { user_movie_ids = profile, available_time = 300, negative_movie_ids = disliked, seed });
            without += Ids(before.TrackA).Count(id => EngineCatalog.ClusterOf(id) == 3);
            with += Ids(after.TrackA).Count(id => EngineCatalog.ClusterOf(id) == 3);
        }

        Assert.True(with < without / 2, $"{with} movies like the disliked, {without} without dislikes");
    }

    [Fact]
    public async Task Replacing_one_movie_respects_dislikes_exclusions_filters_and_the_profile()
    {
        var profile = Profile(2);
        var answered = new List<int>();
        var disliked = new List<int>();
        // Each answer is disliked or excluded next: none may come back.
        for (var round = 0; round < 25; round++)
        {
            var movie = await _host.PostAsync<SingleMovieAnswer>("/recommend_single", new
            {
                user_movie_ids = profile,
                target_runtime = 120,
                track = round % 2 == 0 ? "a" : "b",
                preferred_otts = new[] { "netflix" },
                negative_movie_ids = disliked,
                excluded_ids = answered,
                seed = 3,
            });
            Assert.DoesNotContain(movie.MovieId, answered);
            Assert.DoesNotContain(movie.MovieId, disliked);
            Assert.DoesNotContain(movie.MovieId, profile);
            Assert.True(EngineCatalog.OnNetflix(movie.MovieId));
            Assert.InRange(movie.Runtime!.Value, movie.FallbackLevel switch { 0 => 108, 1 => 84, _ => 1 }, 120);
            (round % 3 == 0 ? disliked : answered).Add(movie.MovieId);
        }
    }

    [Fact]
    public async Task A_replacement_falls_back_to_shorter_movies_only_when_it_must()
    {
        var runtimes = Enumerable.Range(0, EngineCatalog.Movies).Select(EngineCatalog.Id)
            .Where(id => EngineCatalog.HasMinutes(id) && !EngineCatalog.IsAdult(id) && EngineCatalog.Minutes(id) <= 100)
            .ToDictionary(id => id, EngineCatalog.Minutes);
        int[] none = [];
        foreach (var (level, from, excludedFrom) in new[] { (0, 90, 101), (1, 70, 90), (2, 60, 70) })
        {
            var movie = await _host.PostAsync<SingleMovieAnswer>("/recommend_single", new
            {
                user_movie_ids = none,
                target_runtime = 100,
                track = "b",
                excluded_ids = runtimes.Where(movie => movie.Value >= excludedFrom).Select(movie => movie.Key),
            });
            Assert.Equal(level, movie.FallbackLevel);
            Assert.True(movie.Runtime >= from);
        }

        var (status, problem) = await _host.RefusedAsync("/recommend_single", new { user_movie_ids = none, target_runtime = 59, track = "a" });
        Assert.Equal(404, status);
        Assert.Equal("NO_MATCH", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_genre_boost_prefers_movies_of_both_preferred_genres()
    {
        var (both, all) = (0, 0);
        for (var seed = 0; seed < 10; seed++)
        {
            var answer = await RecommendAsync(new
            {
                user_movie_ids = Array.Empty<int>(),
                available_time = 240,
                preferred_genres = new[] { "Comedy", "Horror" },
                seed,
            });
            all += answer.TrackA.Movies.Count;
            both += answer.TrackA.Movies.Count(movie => EngineCatalog.HasGenre(movie.MovieId, 1) && EngineCatalog.HasGenre(movie.MovieId, 3));
        }

        // 20 of the 200 movies that have one of the genres have both.
        Assert.True(both > all / 5, $"{both} of {all}");
    }

    internal static int[] Profile(int cluster, int movies = 6) =>
        [.. Enumerable.Range(0, movies).Select(k => EngineCatalog.Id((k * EngineCatalog.Clusters) + cluster)).Where(EngineCatalog.HasFactors)];

    internal static int[] Ids(TrackAnswer track) => [.. track.Movies.Select(movie => movie.MovieId)];

    private static int[] Some(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => EngineCatalog.Id(random.Next(EngineCatalog.Movies))).Distinct()];

    private Task<RecommendResponse> RecommendAsync(object request) => _host.PostAsync<RecommendResponse>("/recommend", request);
}

/// <summary>The service on a seeded catalog with a model, for a class of tests that only read.</summary>
public sealed class EngineFixture(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    internal EngineHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(_database.DataSource);
        await EngineCatalog.PublishAsync(_database.DataSource);
        Host = await EngineHost.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }
}
