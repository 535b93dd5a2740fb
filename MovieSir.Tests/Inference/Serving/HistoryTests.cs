using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Serving;

/// <summary>What a viewer has watched and rated, as <c>history</c>: what it does to answers.</summary>
public sealed class HistoryTests(EngineFixture engine, TestServers servers) : IClassFixture<EngineFixture>
{
    private readonly EngineHost _host = engine.Host;

    [Fact]
    public async Task A_history_is_the_profile_and_the_dislikes_that_it_says_in_the_order_of_time()
    {
        var random = new Random(4);
        for (var round = 0; round < 40; round++)
        {
            var liked = RecommendTests.Profile(round % 6, 8);
            int[] disliked = [.. Enumerable.Range(20, 5).Select(k => EngineCatalog.Id((k * EngineCatalog.Clusters) + ((round + 2) % 6)))];
            int[] middling = [.. Enumerable.Range(30, 4).Select(k => EngineCatalog.Id((k * EngineCatalog.Clusters) + (round % 6)))];
            var (undated, picked) = (liked[..2], liked[^2..]);
            object[] dated =
            [
                .. liked[2..^2].Select((id, i) => Watched(id, i % 2 == 0 ? 4f + (i / 4f) : null, Day(2 * i))),
                .. middling.Select((id, i) => Watched(id, 3f + (i % 2 / 2f), Day(3 * i))),
                .. disliked.Select((id, i) => Watched(id, 0.5f + (i / 2f), Day((2 * i) + 1))),
            ];
            random.Shuffle(dated);
            object[] history = [Watched(undated[0], 5f, null), .. dated, Watched(undated[1], null, null)];

            var seen = new { movie_ids = middling };
            AssertSame(
                await RecommendAsync(
                    new { user_movie_ids = liked, negative_movie_ids = disliked, content_rules = seen, available_time = 300, seed = round }),
                await RecommendAsync(new { history, user_movie_ids = picked, available_time = 300, seed = round }));

            var expected = await SingleAsync(new
            {
                user_movie_ids = liked,
                negative_movie_ids = disliked,
                content_rules = seen,
                target_runtime = 120,
                track = "a",
                seed = round,
            });
            var single = await SingleAsync(new { history, user_movie_ids = picked, target_runtime = 120, track = "a", seed = round });
            Assert.Equal(expected.MovieId, single.MovieId);
        }
    }

    [Fact]
    public async Task The_newest_rating_of_a_movie_counts_and_a_movie_watched_again_keeps_it()
    {
        var profile = RecommendTests.Profile(1, 6);
        var twice = EngineCatalog.Id(20 * EngineCatalog.Clusters);
        var expected = await RecommendAsync(new { user_movie_ids = profile, negative_movie_ids = new[] { twice }, available_time = 300, seed = 5 });
        object[] history = [Watched(twice, null, Day(9)), Watched(twice, 2f, Day(5)), Watched(twice, 4.5f, Day(1))];

        AssertSame(expected, await RecommendAsync(new { user_movie_ids = profile, history, available_time = 300, seed = 5 }));
    }

    [Fact]
    public async Task What_was_watched_is_never_answered_under_any_of_its_ids()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        await EngineCatalog.PublishAsync(database.DataSource);
        // Each movie with an even number is also known by the next id.
        await using (var connection = await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await EngineCatalog.ExecuteAsync(
                connection, "UPDATE catalog.movies SET imdb_id = 'tt' || movie_id / 2; UPDATE catalog.state SET revision = revision + 1");
        }

        await using var host = await EngineHost.StartAsync(database.ConnectionString);
        var random = new Random(8);
        for (var round = 0; round < 60; round++)
        {
            int[] watched = [.. Enumerable.Range(0, 120).Select(_ => EngineCatalog.Id(random.Next(EngineCatalog.Movies)))];
            var history = watched.Select(id => Watched(id, random.Next(3) == 0 ? null : random.Next(1, 11) / 2f, null));

            var answer = await host.PostAsync<RecommendResponse>("/recommend", new { history, available_time = 300, seed = round });
            var single = await host.PostAsync<SingleMovieAnswer>(
                "/recommend_single", new { history, target_runtime = 150, track = "b", seed = round });

            int[] answered = [.. RecommendTests.Ids(answer.TrackA), .. RecommendTests.Ids(answer.TrackB), single.MovieId];
            Assert.Empty(answered.Select(id => id / 2).Intersect(watched.Select(id => id / 2)));
        }

        // Either of two ids can be locked, and the other then stays away.
        foreach (var (locked, twin) in new[] { (1100, 1101), (1101, 1100) })
        {
            var answer = await host.PostAsync<RecommendResponse>("/recommend", new { locked_movie_ids = new[] { locked }, available_time = 300 });
            Assert.Contains(locked, RecommendTests.Ids(answer.TrackA));
            Assert.DoesNotContain(twin, RecommendTests.Ids(answer.TrackA).Concat(RecommendTests.Ids(answer.TrackB)));
        }
    }

    [Fact]
    public async Task Five_thousand_watched_movies_are_taken_and_unknown_ones_ignored()
    {
        var history = Enumerable.Range(0, 5000).Select(i => Watched(10_000_000 + i, (i % 10 / 2f) + 0.5f, Day(i)));
        var answer = await RecommendAsync(new { history, user_movie_ids = RecommendTests.Profile(2), available_time = 200, seed = 1 });
        AssertSame(await RecommendAsync(new { user_movie_ids = RecommendTests.Profile(2), available_time = 200, seed = 1 }), answer);
    }

    private static object Watched(int movieId, float? rating, DateTime? watchedAt) => new { movie_id = movieId, rating, watched_at = watchedAt };

    private static DateTime Day(int day) => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day);

    private static void AssertSame(RecommendResponse expected, RecommendResponse actual)
    {
        Assert.Equal(RecommendTests.Ids(expected.TrackA), RecommendTests.Ids(actual.TrackA));
        Assert.Equal(RecommendTests.Ids(expected.TrackB), RecommendTests.Ids(actual.TrackB));
        Assert.Equal(expected.TrackA.Movies.Select(movie => movie.Score), actual.TrackA.Movies.Select(movie => movie.Score));
    }

    private Task<RecommendResponse> RecommendAsync(object request) => _host.PostAsync<RecommendResponse>("/recommend", request);

    private Task<SingleMovieAnswer> SingleAsync(object request) => _host.PostAsync<SingleMovieAnswer>("/recommend_single", request);
}
