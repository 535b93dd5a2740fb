using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;
using MovieSir.Inference.Offline.Train;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference.Offline.Train;

public sealed class TrainJobTests(TestServers servers) : IAsyncLifetime
{
    private static readonly TrainSettings Settings = new()
    {
        Parameters = new HybridParameters { Ials = new IalsParameters { Dimension = 16, Epochs = 4 } },
        DegreeOfParallelism = 2,
    };

    private readonly StringWriter _output = new();
    private TestDatabase _database = null!;

    private NpgsqlDataSource Source => _database.DataSource;

    private ModelPublisher Publisher => new(Source, TimeProvider.System);

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Ratings_become_a_published_model_that_beats_popularity_on_held_out_users()
    {
        await AddCommunitiesAsync(users: 300);

        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings));

        var model = Assert.Single(await Publisher.ListAsync(TestContext.Current.CancellationToken));
        Assert.True(model.IsPublished);
        Assert.Equal(Settings.Parameters.Ials, IalsParameters.FromJson(model.Hyperparameters));
        Assert.Equal(Settings.Parameters.Succession, SuccessionParameters.FromJson(model.Hyperparameters));
        Assert.Contains("\"held_out_users\"", model.Metrics);
        Assert.Contains("held-out users: nDCG@10", _output.ToString());
        Assert.Contains("epoch 4/4: loss", _output.ToString());
    }

    [Fact]
    public async Task Nothing_is_trained_again_until_ratings_or_parameters_change()
    {
        await AddCommunitiesAsync(users: 200);
        await RunAsync(Settings);

        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings));
        Assert.Equal(TrainOutcome.Published,
            await RunAsync(Settings with { Parameters = Settings.Parameters with { Ials = Settings.Parameters.Ials with { Seed = 2 } } }));
        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings with { Force = true }));
        await ExecuteAsync("DELETE FROM catalog.ratings WHERE user_id = 7");
        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings));
    }

    [Fact]
    public async Task What_a_version_with_other_features_has_trained_is_trained_again()
    {
        await AddCommunitiesAsync(users: 200);
        await RunAsync(Settings);
        await ExecuteAsync("UPDATE catalog.model_versions SET hyperparameters = jsonb_set(hyperparameters, '{ranking,features,0}', '\"Another\"')");

        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings));
        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings));
    }

    [Fact]
    public async Task Too_little_data_is_said_and_changes_nothing()
    {
        await AddCommunitiesAsync(users: 20);

        Assert.Equal(TrainOutcome.TooLittleData, await RunAsync(Settings));

        Assert.Contains("Too little to learn from", _output.ToString());
        Assert.Empty(await Publisher.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_worse_than_popularity_is_refused_unless_forced()
    {
        // Too few viewers to learn weights from, and a taste that all share: what tells movies apart is popularity alone.
        await AddCommunitiesAsync(users: 54, communities: 1, spread: 2.5, shuffled: true);

        // One factor under a crushing regularization cannot follow the popularity of the movies.
        var poor = Settings with
        {
            Parameters = new HybridParameters
            {
                Ials = new IalsParameters { Dimension = 1, Epochs = 1, UnobservedWeight = 1000f, FrequencyExponent = 2f, Seed = 3 },
                Succession = new SuccessionParameters { Kept = 1, Shrinkage = 0f },
            },
        };
        var outcome = await RunAsync(poor);

        Assert.Equal(TrainOutcome.RefusedByQualityGate, outcome);
        Assert.Contains("worse than plain popularity", _output.ToString());
        Assert.Empty(await Publisher.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TrainOutcome.Published, await RunAsync(poor with { Force = true }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_user_who_is_there_twice_with_one_history_counts_once_and_no_second_source_is_made_up(int source)
    {
        await AddCommunitiesAsync(users: 200);
        await RunAsync(Settings);
        await ExecuteAsync($"""
            INSERT INTO catalog.rating_sources (source_id, name) VALUES (2, 'later generation');
            INSERT INTO catalog.ratings SELECT {source}, user_id + 1000, movie_id, value, rated_at FROM catalog.ratings WHERE user_id < 50
            """);

        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings));
        Assert.Contains("50 users have the same history as another", _output.ToString());
    }

    [Fact]
    public async Task A_second_training_at_the_same_time_is_refused()
    {
        await AddCommunitiesAsync(users: 200);
        await using var other = await Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('catalog.train', 0))", other);
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TrainOutcome.AlreadyRunning, await RunAsync(Settings));
    }

    [Fact]
    public async Task A_source_that_does_not_exist_is_named_with_those_that_do()
    {
        await AddCommunitiesAsync(users: 60);

        var error = await Assert.ThrowsAsync<UnknownRatingSourceException>(() => RunAsync(Settings with { Sources = ["nowhere"] }));

        Assert.Contains("nowhere", error.Message);
        Assert.Contains("simulated", error.Message);
    }

    [Fact]
    public async Task Another_encoder_or_none_makes_a_model_of_its_own()
    {
        await AddCommunitiesAsync(users: 200);
        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings, encoder: "first"));
        Assert.Null(await EncoderOfNewestAsync());

        await AddEmbeddingsAsync("first", dimension: 3);
        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings, encoder: "first"));
        Assert.Equal(new TrainingEncoder("first", 3), await EncoderOfNewestAsync());
        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings, encoder: "first"));

        await AddEmbeddingsAsync("second", dimension: 4);
        Assert.Equal(TrainOutcome.Published, await RunAsync(Settings, encoder: "second"));
        Assert.Equal(new TrainingEncoder("second", 4), await EncoderOfNewestAsync());
        Assert.Contains("Embeddings: second (4 dimensions).", _output.ToString());

        // The first is stored still; and where embeddings are not wanted, the model of before there were any is the one.
        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings, encoder: "first"));
        Assert.Equal(TrainOutcome.Unchanged, await RunAsync(Settings, encoder: null));
    }

    private Task AddEmbeddingsAsync(string encoder, int dimension) => ExecuteAsync($"""
        INSERT INTO catalog.encoders (name, dimension) VALUES ('{encoder}', {dimension});
        INSERT INTO catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding)
        SELECT encoder_id, movie_id, '\x00', (SELECT array_agg(1 + movie_id % (k + 2)) FROM generate_series(1, {dimension}) k)::real[]::vector
        FROM catalog.movies, catalog.encoders WHERE name = '{encoder}'
        """);

    private async Task<TrainingEncoder?> EncoderOfNewestAsync() =>
        TrainingRecord.EncoderOf((await Publisher.ListAsync(TestContext.Current.CancellationToken))[0]);

    private Task<TrainOutcome> RunAsync(TrainSettings settings, string? encoder = null) =>
        new TrainJob(Source, encoder, Publisher, _output.WriteLine).RunAsync(settings, TestContext.Current.CancellationToken);

    /// <summary>
    /// Viewers of <paramref name="communities"/> tastes; within a taste low movie ids are liked more, the more so the higher the spread.
    /// </summary>
    private async Task AddCommunitiesAsync(int users, int communities = 4, double spread = 1.2, bool shuffled = false)
    {
        const int MoviesPerCommunity = 40;
        const int RatingsPerUser = 20;
        await ExecuteAsync("INSERT INTO catalog.rating_sources (source_id, name) VALUES (1, 'simulated')");
        var random = new Random(17);
        await using var connection = await Source.OpenConnectionAsync();
        await using (var movies = await connection.BeginTextImportAsync(
            "COPY catalog.movies (movie_id, title, vote_average, vote_count, popularity, adult, keywords, is_stub) FROM STDIN"))
        {
            for (var movie = 0; movie < communities * MoviesPerCommunity; movie++)
            {
                await movies.WriteAsync($"{movie + 1}\tMovie {movie + 1}\t5\t10\t1\tf\t{{}}\tf\n");
            }
        }

        await using var ratings = await connection.BeginTextImportAsync(
            "COPY catalog.ratings (source_id, user_id, movie_id, value, rated_at) FROM STDIN");
        for (var user = 0; user < users; user++)
        {
            var seen = new HashSet<int>();
            while (seen.Count < RatingsPerUser)
            {
                var movie = (int)(MoviesPerCommunity * Math.Pow(random.NextDouble(), spread));
                if (seen.Add(movie))
                {
                    await ratings.WriteAsync($"1\t{user}\t{(user % communities * MoviesPerCommunity) + movie + 1}\t{random.Next(8, 11) / 2.0}\t"
                        + $"2020-01-01 00:{user % 60:00}:{(shuffled ? random.Next(60) : seen.Count):00}Z\n");
                }
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
