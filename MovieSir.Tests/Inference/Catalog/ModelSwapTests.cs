using System.Diagnostics;
using System.Globalization;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Train;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Serving;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference.Catalog;

/// <summary>
/// Models that come, go back and are refused while the service answers: every answer is wholly one version's, the one that it names.
/// </summary>
public sealed class ModelSwapTests(TestServers servers) : IAsyncLifetime
{
    private const int Callers = 4;

    private static readonly (string Path, object Body)[] Requests =
    [
        ("/rank", new { user_movie_ids = RecommendTests.Profile(0), k = 60 }),
        ("/rank", new { user_movie_ids = RecommendTests.Profile(3, 12), k = 20, preferred_genres = new[] { "Drama" } }),
        ("/recommend", new { user_movie_ids = RecommendTests.Profile(1), available_time = 180, seed = 1 }),
        ("/recommend", new { user_movie_ids = RecommendTests.Profile(2, 10), available_time = 600, seed = 2 }),
        ("/recommend", new { user_movie_ids = RecommendTests.Profile(4), negative_movie_ids = RecommendTests.Profile(5, 3), available_time = 300,
            seed = 3, preferred_otts = new[] { "Netflix" } }),
    ];

    private TestDatabase _database = null!;

    private ModelPublisher Publisher => new(_database.DataSource, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Under_load_every_answer_is_the_one_that_its_version_gives_and_none_fails()
    {
        const int Swaps = 40;
        string[] names =
        [
            await PublishAsync(EngineCatalog.Model(1)), await PublishAsync(EngineCatalog.Model(2)),
            // Fewer factors: what a request keeps for the next is of another size.
            await PublishAsync(Halved(EngineCatalog.Model(3))), await PublishAsync(EngineCatalog.Model(4)),
        ];
        var expected = new Dictionary<(string Version, int Request), string>();
        foreach (var name in names)
        {
            await Publisher.PublishStoredAsync(name, TestContext.Current.CancellationToken);
            // A process that never served another.
            await using var alone = await EngineHost.StartAsync(_database.ConnectionString);
            for (var request = 0; request < Requests.Length; request++)
            {
                var (version, answer) = await AskAsync(alone, request);
                Assert.Equal(name, version);
                expected.Add((name, request), answer);
            }
        }

        Assert.Equal(expected.Count, expected.Select(answer => (answer.Key.Request, answer.Value)).Distinct().Count());

        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var published = new List<string> { names[^1] };
        var slowest = TimeSpan.Zero;
        var load = new RunningLoad(host);
        var random = new Random(12);
        for (var swap = 0; swap < Swaps; swap++)
        {
            var next = names[random.Next(names.Length)];
            var started = Stopwatch.GetTimestamp();
            await Publisher.PublishStoredAsync(next, TestContext.Current.CancellationToken);
            published.Add(next);
            // Every third is overtaken by the next, perhaps before it was loaded.
            if (swap % 3 != 2)
            {
                await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == next);
                slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            }
        }

        var answers = await load.StopAsync();
        foreach (var caller in answers)
        {
            Assert.All(caller, answer => Assert.Equal(expected[(answer.Version, answer.Request)], answer.Answer));
            AssertInOrderOf(published, caller.Select(answer => answer.Version));
        }

        var versions = answers.SelectMany(caller => caller).Select(answer => answer.Version).Distinct().Count();
        Print($"{answers.Sum(caller => caller.Count):N0} answers by {versions} versions over {Swaps} publications by {Callers} callers: "
            + $"none failed, none mixed, none by a version that was overtaken; the slowest swap took {slowest.TotalMilliseconds:F0} ms");
        Assert.Equal(names.Length, versions);
    }

    [Fact]
    public async Task Broken_models_that_are_published_under_load_are_refused_with_the_reason_and_cost_no_answer()
    {
        (string What, string Damage, string Reason)[] cases =
        [
            ("not a number", "UPDATE catalog.item_factors SET factors[2] = 'NaN' WHERE model_version_id = $1 AND movie_id = 1012", "checksum"),
            ("infinite", "UPDATE catalog.item_factors SET factors[2] = 'Infinity' WHERE model_version_id = $1 AND movie_id = 1012", "checksum"),
            ("one bit changed", "UPDATE catalog.item_factors SET factors[1] = factors[1] * 1.0000002 WHERE model_version_id = $1 AND movie_id = 1012",
                "checksum"),
            ("another model's factors",
                "UPDATE catalog.item_factors f SET factors = o.factors FROM catalog.item_factors o "
                + "WHERE f.model_version_id = $1 AND o.model_version_id <> $1 AND o.movie_id = f.movie_id", "checksum"),
            ("cut off", "DELETE FROM catalog.item_factors WHERE model_version_id = $1 AND movie_id > 1300", "the version says"),
            ("empty", "DELETE FROM catalog.item_factors WHERE model_version_id = $1", "the version says"),
            ("other dimension", "UPDATE catalog.item_factors SET factors = factors[1:4] WHERE model_version_id = $1", "4 factors"),
            ("ragged", "UPDATE catalog.item_factors SET factors = factors || 1::real WHERE model_version_id = $1 AND movie_id = 1354", "9 factors"),
            ("other dimension by its parameters",
                """UPDATE catalog.model_versions SET hyperparameters = '{"dimension": 16}' WHERE model_version_id = $1""", "16"),
            ("other scoring", """
                UPDATE catalog.model_versions SET hyperparameters = hyperparameters || '{"scoring": {"genre_boost": 0.9}}' WHERE model_version_id = $1
                """, "checksum"),
            ("a newer trainer's parameters",
                """UPDATE catalog.model_versions SET hyperparameters = '{"dimension": {"of": 8}}' WHERE model_version_id = $1""", "cannot be read"),
        ];
        var broken = new List<string>();
        foreach (var _ in cases)
        {
            broken.Add(await PublishAsync(EngineCatalog.Model(2 + broken.Count)));
        }

        var good = await PublishAsync(EngineCatalog.Model(1));
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var expected = await AllAsync(host);
        var load = new RunningLoad(host);
        foreach (var ((what, damage, reason), name) in cases.Zip(broken))
        {
            var revision = await PublishDamagedAsync(name, damage);
            await host.UntilAsync(() => host.Logs.Contains($"revision {revision} is refused"));
            var line = host.Logs.ToString().Split('\n').Single(line => line.Contains($"revision {revision} is refused", StringComparison.Ordinal));
            Assert.True(line.Contains(reason, StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal), $"{what}: {line}");
        }

        var health = await host.GetAsync("/health");
        Assert.Equal(200, health.Status);
        Assert.Equal(good, health.Body.GetProperty("model_version").GetString());
        var answers = (await load.StopAsync()).SelectMany(caller => caller).ToArray();
        Assert.All(answers, answer => Assert.Equal((good, expected[answer.Request]), (answer.Version, answer.Answer)));
        Print($"{cases.Length} broken models published, each refused with its reason; "
            + $"{answers.Length:N0} answers meanwhile, all by {good} and as before");

        var next = await PublishAsync(EngineCatalog.Model(99));
        await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == next);
    }

    [Fact]
    public async Task Models_of_other_movies_are_refused_under_load_and_one_that_shares_half_of_them_is_served()
    {
        var movies = EngineCatalog.Model().MovieIds.Length;
        (int Shared, string Name)[] cases = [(0, ""), (movies / 10, ""), ((movies / 2) - 1, ""), (movies / 2, "")];
        for (var i = 0; i < cases.Length; i++)
        {
            cases[i].Name = await PublishAsync(EngineCatalog.Model(2 + i));
        }

        var good = await PublishAsync(EngineCatalog.Model(1));
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var expected = await AllAsync(host);
        var load = new RunningLoad(host);
        for (var i = 0; i < cases.Length - 1; i++)
        {
            var revision = await PublishDamagedAsync(cases[i].Name, OtherMovies(EngineCatalog.Model(2 + i), cases[i].Shared));
            await host.UntilAsync(() => host.Logs.Contains($"revision {revision} is refused"));
            var line = host.Logs.ToString().Split('\n').Single(line => line.Contains($"revision {revision} is refused", StringComparison.Ordinal));
            Assert.Contains($"{cases[i].Name} was trained on other movies: of the {movies} that it knows, "
                + $"{cases[i].Shared} are among the catalog's {EngineCatalog.Movies}", line);
            var refusal = await Assert.ThrowsAsync<ForeignModelException>(
                () => Publisher.PublishStoredAsync(cases[i].Name, TestContext.Current.CancellationToken));
            Assert.Contains(refusal.Message, line);
        }

        var answers = (await load.StopAsync()).SelectMany(caller => caller).ToArray();
        Assert.All(answers, answer => Assert.Equal((good, expected[answer.Request]), (answer.Version, answer.Answer)));
        Print($"{cases.Length - 1} models of other movies published, each refused with its reason; "
            + $"{answers.Length:N0} answers meanwhile, all by {good} and as before");

        await PublishDamagedAsync(cases[^1].Name, OtherMovies(EngineCatalog.Model(1 + cases.Length), cases[^1].Shared));
        await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == cases[^1].Name);
        Assert.Equal(cases[^1].Name, (await Publisher.PublishStoredAsync(cases[^1].Name, TestContext.Current.CancellationToken))!.Name);
    }

    [Fact]
    public async Task Embeddings_of_another_encoder_are_no_part_of_any_answer()
    {
        await PublishAsync(EngineCatalog.Model(1));
        await using var host = await EngineHost.StartAsync(_database.ConnectionString);
        var before = await AllAsync(host);
        var revision = host.Catalog.Snapshot.Revision;

        await ExecuteAsync("""
            INSERT INTO catalog.encoders (name, dimension) VALUES ('another-encoder', 3);
            INSERT INTO catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding)
            SELECT encoder_id, movie_id, '\x00', '[1,2,3]' FROM catalog.movies, catalog.encoders WHERE name = 'another-encoder';
            UPDATE catalog.state SET revision = revision + 1
            """);
        await host.UntilAsync(() => host.Catalog.Snapshot.Revision > revision);

        Assert.Equal(before, await AllAsync(host));
        Assert.False(host.Logs.Contains("is refused"));
    }

    private static TrainedModel Halved(TrainedModel model)
    {
        var dimension = model.Dimension / 2;
        return model with
        {
            Dimension = dimension,
            Factors = [.. model.Factors.Chunk(model.Dimension).SelectMany(factors => factors.Take(dimension))],
            Hyperparameters = new IalsParameters { Dimension = dimension }.ToJson(),
        };
    }

    private static async Task<string[]> AllAsync(EngineHost host)
    {
        var answers = new string[Requests.Length];
        for (var request = 0; request < answers.Length; request++)
        {
            answers[request] = (await AskAsync(host, request)).Answer;
        }

        return answers;
    }

    /// <summary>Everything of an answer that a model decides, bit for bit.</summary>
    private static async Task<(string Version, string Answer)> AskAsync(EngineHost host, int request)
    {
        var (path, body) = Requests[request];
        if (path == "/rank")
        {
            var ranking = await host.PostAsync<RankResponse>(path, body);
            return (ranking.ModelVersion,
                string.Join(' ', ranking.Movies.Select(movie => string.Create(CultureInfo.InvariantCulture, $"{movie.MovieId}:{movie.Score:R}"))));
        }

        var answer = await host.PostAsync<RecommendResponse>(path, body);
        return (answer.ModelVersion, string.Join(" | ", new[] { answer.TrackA, answer.TrackB }.Select(track =>
            string.Join(' ', track.Movies.Select(
                movie => string.Create(CultureInfo.InvariantCulture, $"{movie.MovieId}:{movie.Score:R}:{movie.Because?.MovieId}"))))));
    }

    /// <summary>
    /// What one caller saw, one after the other, must be the publications in their order: some left out, some seen often, none come back.
    /// </summary>
    private static void AssertInOrderOf(List<string> published, IEnumerable<string> seen)
    {
        var position = 0;
        foreach (var version in seen)
        {
            while (position < published.Count && published[position] != version)
            {
                position++;
            }

            Assert.True(position < published.Count, $"{version} answered after it was overtaken.");
        }
    }

    private async Task<string> PublishAsync(TrainedModel model) =>
        (await Publisher.PublishAsync(model, keepPrevious: 20, TestContext.Current.CancellationToken)).Name;

    /// <summary>Damages a stored version and publishes it, in one transaction: nobody can see it sound.</summary>
    private async Task<long> PublishDamagedAsync(string name, string damage)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = await _database.DataSource.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var find = new NpgsqlCommand("SELECT model_version_id FROM catalog.model_versions WHERE name = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        var id = (long)(await find.ExecuteScalarAsync(token))!;
        await using var change = new NpgsqlCommand(damage, connection) { Parameters = { new() { Value = id } } };
        Assert.NotEqual(0, await change.ExecuteNonQueryAsync(token));
        await using var point = new NpgsqlCommand(
            "UPDATE catalog.state SET published_model_version_id = $1, revision = revision + 1 RETURNING revision", connection)
        {
            Parameters = { new() { Value = id } },
        };
        var revision = (long)(await point.ExecuteScalarAsync(token))!;
        await transaction.CommitAsync(token);
        return revision;
    }

    /// <summary>Makes a stored model one of other movies, whole and with the checksum that it would have.</summary>
    private static string OtherMovies(TrainedModel model, int kept)
    {
        var limit = kept == 0 ? EngineCatalog.FirstId : model.MovieIds[kept - 1] + 1;
        var checksum = Convert.ToHexString(ModelChecksum.Compute(EngineCatalog.WithOtherMovies(model, kept)));
        return $"""
            WITH factors AS (
                UPDATE catalog.item_factors SET movie_id = movie_id + {EngineCatalog.OtherMovies}
                WHERE model_version_id = $1 AND movie_id >= {limit}),
            successors AS (
                UPDATE catalog.item_successors
                SET movie_id = movie_id + CASE WHEN movie_id < {limit} THEN 0 ELSE {EngineCatalog.OtherMovies} END,
                    successor_ids = ARRAY(
                        SELECT id + CASE WHEN id < {limit} THEN 0 ELSE {EngineCatalog.OtherMovies} END
                        FROM unnest(successor_ids) WITH ORDINALITY AS list (id, place) ORDER BY place)
                WHERE model_version_id = $1)
            UPDATE catalog.model_versions SET checksum = decode('{checksum}', 'hex') WHERE model_version_id = $1
            """;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await EngineCatalog.ExecuteAsync(connection, sql);
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private sealed record Answered(string Version, int Request, string Answer);

    /// <summary>Callers that ask one request after the other until they are stopped. A call that fails fails the test.</summary>
    private sealed class RunningLoad
    {
        private readonly Task<List<Answered>>[] _callers;
        private volatile bool _isStopped;

        public RunningLoad(EngineHost host) => _callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(host, caller)))];

        public async Task<List<Answered>[]> StopAsync()
        {
            _isStopped = true;
            return await Task.WhenAll(_callers);
        }

        private async Task<List<Answered>> CallAsync(EngineHost host, int caller)
        {
            var answers = new List<Answered>();
            for (var call = caller; !_isStopped; call++)
            {
                var request = call % Requests.Length;
                var (version, answer) = await AskAsync(host, request);
                answers.Add(new Answered(version, request, answer));
            }

            return answers;
        }
    }
}
