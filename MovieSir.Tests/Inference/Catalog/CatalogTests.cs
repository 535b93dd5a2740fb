using System.Collections.Concurrent;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Train;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Serving;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference.Catalog;

/// <summary>How the catalog comes into memory, and what becomes of it when the database changes, lies or goes away.</summary>
public sealed class CatalogTests(TestServers servers)
{
    [Fact]
    public async Task Not_ready_until_movies_are_loaded_and_alive_all_the_same()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var host = await EngineHost.StartAsync(database.ConnectionString, waitUntilLoaded: false);
        await host.UntilAsync(() => host.Logs.Contains("It has no movies"));

        Assert.Equal(200, (await host.GetAsync("/alive")).Status);
        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(503, status);
        Assert.False(health.GetProperty("model_loaded").GetBoolean());
        Assert.Equal(0, health.GetProperty("movies").GetInt32());
        var (refused, problem) = await host.RefusedAsync("/recommend", new { user_movie_ids = Array.Empty<int>(), available_time = 180 });
        Assert.Equal(503, refused);
        Assert.Equal("CATALOG_NOT_READY", problem.GetProperty("code").GetString());

        await EngineCatalog.SeedAsync(database.DataSource);
        await host.UntilAsync(() => host.Catalog.Current is not null);
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = Array.Empty<int>(), available_time = 180 });
    }

    [Fact]
    public async Task Health_says_what_is_served()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        var published = await EngineCatalog.PublishAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.True(health.GetProperty("model_loaded").GetBoolean());
        Assert.Equal(EngineCatalog.Movies, health.GetProperty("movies").GetInt32());
        Assert.Equal(published.Name, health.GetProperty("model_version").GetString());
    }

    [Fact]
    public async Task Without_a_model_embeddings_alone_recommend()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        var answer = await host.PostAsync<RecommendResponse>(
            "/recommend", new { user_movie_ids = RecommendTests.Profile(2), available_time = 200, seed = 5 });
        Assert.Equal("none", answer.ModelVersion);
        Assert.True(answer.TrackA.FillsTime);
        Assert.All(answer.TrackA.Movies, movie => Assert.Equal(RecommendationType.SbertOnly, movie.RecommendationType));
        Assert.All(answer.TrackA.Movies, movie => Assert.Equal(2, EngineCatalog.ClusterOf(movie.MovieId)));
    }

    [Fact]
    public async Task A_published_model_is_served_without_restart_and_under_load_no_answer_mixes_two()
    {
        const int Swaps = 8;
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        var versions = new List<string> { (await EngineCatalog.PublishAsync(database.DataSource, 0)).Name };
        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<(string Version, string Scores)>();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await host.PostAsync<RankResponse>("/rank", new { user_movie_ids = RecommendTests.Profile(0), k = 50 });
                answers.Add((answer.ModelVersion, string.Join(' ', answer.Movies.Select(movie => $"{movie.MovieId}:{movie.Score:R}"))));
            }
        })).ToArray();
        for (var seed = 1; seed <= Swaps; seed++)
        {
            var name = (await EngineCatalog.PublishAsync(database.DataSource, seed)).Name;
            versions.Add(name);
            await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == name);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);

        // The same request: every answer of one version must be that version's one answer, bit for bit.
        Assert.All(answers.GroupBy(answer => answer.Version), version => Assert.Single(version.Select(answer => answer.Scores).Distinct()));
        Assert.True(answers.Select(answer => answer.Version).Distinct().Count() > 1);
        Assert.Subset(versions.ToHashSet(), answers.Select(answer => answer.Version).ToHashSet());
        TestContext.Current.TestOutputHelper!.WriteLine($"{answers.Count} answers over {Swaps} swaps, none failed, none mixed");
    }

    [Theory]
    [InlineData("NaN", "UPDATE catalog.item_factors SET factors[3] = 'NaN' WHERE movie_id = 1012", "checksum")]
    [InlineData("dimension", "UPDATE catalog.item_factors SET factors = factors[1:5] WHERE movie_id = 1012", "5 factors")]
    [InlineData("missing movie", "DELETE FROM catalog.item_factors WHERE movie_id = 1012", "the version says")]
    [InlineData("changed value", "UPDATE catalog.item_factors SET factors[1] = factors[1] + 0.001 WHERE movie_id = 1012", "checksum")]
    [InlineData("changed successor", "UPDATE catalog.item_successors SET weights[1] = 0.001 WHERE movie_id = 1012", "checksum")]
    [InlineData("missing successors", "DELETE FROM catalog.item_successors WHERE movie_id = 1012", "checksum")]
    [InlineData("NaN successor", "UPDATE catalog.item_successors SET weights[1] = 'NaN' WHERE movie_id = 1012", "checksum")]
    [InlineData("another successor", "UPDATE catalog.item_successors SET successor_ids[1] = 16777217 WHERE movie_id = 1012", "checksum")]
    [InlineData("no successors", "UPDATE catalog.item_successors SET successor_ids = '{}', weights = '{}' WHERE movie_id = 1012", "checksum")]
    [InlineData("successors without weights", "UPDATE catalog.item_successors SET weights = weights[1:2] WHERE movie_id = 1012",
        "successors and 2 weights")]
    [InlineData("changed weights", "UPDATE catalog.model_versions SET ranking = replace(ranking::text, '0.29', '0.3')::json", "checksum")]
    [InlineData("foreign parameters", """UPDATE catalog.model_versions SET hyperparameters = '{"dimension": 4}'""", "4")]
    [InlineData("unreadable parameters", """UPDATE catalog.model_versions SET hyperparameters = '{"dimension": "many"}'""", "cannot be read")]
    [InlineData("NaN embedding's length", "UPDATE catalog.movie_embeddings SET embedding = '[1,2,3]' WHERE movie_id = 1012", "3 dimensions")]
    public async Task A_broken_model_is_refused_with_the_reason_and_the_old_one_serves_on(string what, string damage, string reason)
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        var good = await EngineCatalog.PublishAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        await using (var connection = await database.DataSource.OpenConnectionAsync())
        {
            await EngineCatalog.ExecuteAsync(connection, $"{damage}; UPDATE catalog.state SET revision = revision + 1");
        }

        await host.UntilAsync(() => host.Logs.Contains("is refused"));
        Assert.True(host.Logs.Contains(reason), $"{what}: {host.Logs}");
        var answer = await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
        Assert.Equal(good.Name, answer.ModelVersion);
        Assert.Equal(200, (await host.GetAsync("/health")).Status);

        // A sound model takes over.
        if (what is not "NaN embedding's length")
        {
            var next = await EngineCatalog.PublishAsync(database.DataSource, 1);
            await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == next.Name);
        }
    }

    [Fact]
    public async Task A_model_whose_NaN_is_part_of_its_checksum_is_refused_too()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        var good = await EngineCatalog.PublishAsync(database.DataSource);
        var stored = EngineCatalog.Model();
        // PostgreSQL's NaN, bit for bit; .NET's has the sign set.
        stored.Factors[(2 * EngineCatalog.Dimension) + 1] = BitConverter.Int32BitsToSingle(0x7FC0_0000);
        var checksum = ModelChecksum.Compute(stored);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        await using (var connection = await database.DataSource.OpenConnectionAsync())
        {
            await using var command = new NpgsqlCommand(
                "UPDATE catalog.item_factors SET factors[2] = 'NaN' WHERE movie_id = $1", connection)
            {
                Parameters = { new() { Value = stored.MovieIds[2] } },
            };
            await command.ExecuteNonQueryAsync();
            await using var version = new NpgsqlCommand("UPDATE catalog.model_versions SET checksum = $1", connection)
            { Parameters = { new() { Value = checksum } } };
            await version.ExecuteNonQueryAsync();
            await EngineCatalog.ExecuteAsync(connection, "UPDATE catalog.state SET revision = revision + 1");
        }

        await host.UntilAsync(() => host.Logs.Contains("are not finite"));
        Assert.Equal(good.Name, host.Catalog.Snapshot.ModelVersion);
    }

    [Fact]
    public async Task A_first_start_on_a_broken_model_serves_without_it_and_says_so()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        await EngineCatalog.PublishAsync(database.DataSource);
        await using (var connection = await database.DataSource.OpenConnectionAsync())
        {
            await EngineCatalog.ExecuteAsync(connection, "UPDATE catalog.item_factors SET factors[1] = 9 WHERE movie_id = 1012");
        }

        await using var host = await EngineHost.StartAsync(database.ConnectionString);
        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("catalog").GetString());
        Assert.False(health.GetProperty("model_loaded").GetBoolean());
        Assert.True(host.Logs.Contains("is served without its model"));
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
    }

    [Fact]
    public async Task A_catalog_that_was_replaced_is_served_without_the_model_of_the_movies_that_are_gone()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        var old = await EngineCatalog.PublishAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);
        var next = EngineCatalog.WithOtherMovies(EngineCatalog.Model(1), 100);

        // All but the first 111 movies become others, of which the first 100 have factors.
        await using (var connection = await database.DataSource.OpenConnectionAsync())
        {
            await EngineCatalog.ExecuteAsync(connection, $"""
                INSERT INTO catalog.movies (movie_id, title, vote_average, vote_count, popularity, adult, keywords, is_stub, runtime_minutes)
                SELECT movie_id + {EngineCatalog.OtherMovies}, title, vote_average, vote_count, popularity, adult, keywords, is_stub, runtime_minutes
                FROM catalog.movies WHERE movie_id > {next.MovieIds[99]};
                DELETE FROM catalog.movies WHERE movie_id > {next.MovieIds[99]} AND movie_id < {EngineCatalog.OtherMovies};
                UPDATE catalog.state SET revision = revision + 1
                """);
        }

        await host.UntilAsync(() => host.Catalog.Snapshot.Model is null);
        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("catalog").GetString());
        Assert.True(host.Logs.Contains(
            $"is served without its model: Model {old.Name} was trained on other movies: of the 324 that it knows, 100 are"));
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
        var publisher = new ModelPublisher(database.DataSource, TimeProvider.System);
        await Assert.ThrowsAsync<ForeignModelException>(() => publisher.PublishStoredAsync(old.Name, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ForeignModelException>(
            () => publisher.PublishAsync(EngineCatalog.Model(2), 5, TestContext.Current.CancellationToken));

        var trained = await publisher.PublishAsync(next, 5, TestContext.Current.CancellationToken);
        await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == trained.Name);
        Assert.Null(host.Catalog.Snapshot.ModelRefusal);
    }

    [Fact]
    public async Task A_first_start_on_a_model_of_other_movies_serves_without_it_and_says_so()
    {
        await using var database = await servers.CreateDatabaseAsync();
        // Before there are movies, nothing says that it is foreign.
        await new ModelPublisher(database.DataSource, TimeProvider.System).PublishAsync(
            EngineCatalog.WithOtherMovies(EngineCatalog.Model(), 30), 5, TestContext.Current.CancellationToken);
        await EngineCatalog.SeedAsync(database.DataSource);

        await using var host = await EngineHost.StartAsync(database.ConnectionString);

        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("catalog").GetString());
        Assert.False(health.GetProperty("model_loaded").GetBoolean());
        Assert.True(host.Logs.Contains("of the 324 that it knows, 30 are among the catalog's 360"));
    }

    [Fact]
    public async Task A_revision_that_cannot_be_served_is_told_by_health_with_its_reason_and_the_old_one_is_served_on()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);
        var revision = host.Catalog.Snapshot.Revision;
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await EngineCatalog.ExecuteAsync(connection, """
            INSERT INTO catalog.genres SELECT id, 'Genre ' || id, 'Genre ' || id FROM generate_series(50001, 50100) AS id;
            UPDATE catalog.state SET revision = revision + 1
            """);

        await host.UntilAsync(() => host.Catalog.Refusal is not null);
        var (status, health) = await host.GetAsync("/health");
        Assert.Equal(200, status);
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("catalog").GetString());
        Assert.Contains("at most 64 can be served: import its movies again", health.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
        Assert.Equal(revision, host.Catalog.Snapshot.Revision);

        await EngineCatalog.ExecuteAsync(
            connection, "DELETE FROM catalog.genres WHERE genre_id > 50000; UPDATE catalog.state SET revision = revision + 1");
        await host.UntilAsync(() => host.Catalog.Snapshot.Revision > revision);
        Assert.Null(host.Catalog.Refusal);
    }

    [Fact]
    public async Task A_load_that_fails_leaves_the_old_catalog_in_service_and_is_tried_again()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await EngineCatalog.SeedAsync(database.DataSource);
        await using var host = await EngineHost.StartAsync(database.ConnectionString);
        var revision = host.Catalog.Snapshot.Revision;
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await EngineCatalog.ExecuteAsync(
            connection, "ALTER TABLE catalog.movies RENAME COLUMN adult TO grown_up; UPDATE catalog.state SET revision = revision + 1");

        await host.UntilAsync(() => host.Logs.Contains("Loading the catalog failed"));
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
        Assert.Equal(revision, host.Catalog.Snapshot.Revision);
        Assert.Equal("Degraded", (await host.GetAsync("/health")).Body.GetProperty("checks").GetProperty("catalog").GetString());

        await EngineCatalog.ExecuteAsync(connection, "ALTER TABLE catalog.movies RENAME COLUMN grown_up TO adult");
        await host.UntilAsync(() => host.Catalog.Snapshot.Revision > revision);
        Assert.Null(host.Catalog.Refusal);
    }

    [Fact]
    public async Task With_PostgreSQL_down_serving_goes_on_and_it_catches_up_when_it_is_back()
    {
        await using var server = await servers.StartPostgresAsync(durable: true);
        await TestServers.MigrateAsync(server.ConnectionString);
        await using var source = DataSourceOf(server.ConnectionString);
        await EngineCatalog.SeedAsync(source);
        await EngineCatalog.PublishAsync(source);
        await using var host = await EngineHost.StartAsync(server.ConnectionString);

        await server.KillAsync();
        await host.UntilAsync(() => host.Logs.Contains("is served on; next try"));
        await host.PostAsync<RecommendResponse>("/recommend", new { user_movie_ids = RecommendTests.Profile(0), available_time = 180 });
        Assert.Equal(200, (await host.GetAsync("/health")).Status);

        await server.StartAsync();
        source.Clear();
        var next = await EngineCatalog.PublishAsync(source, 1);
        await host.UntilAsync(() => host.Catalog.Snapshot.ModelVersion == next.Name);
    }

    private static NpgsqlDataSource DataSourceOf(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        MovieSir.Data.DataExtensions.UseMovieSirTypes(builder);
        return builder.Build();
    }
}
