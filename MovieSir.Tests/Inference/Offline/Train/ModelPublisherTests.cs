using Microsoft.Extensions.Time.Testing;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Train;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference.Offline.Train;

public sealed class ModelPublisherTests(TestServers servers) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 22, 40, 11, TimeSpan.Zero));
    private TestDatabase _database = null!;

    private NpgsqlDataSource Source => _database.DataSource;

    private ModelPublisher Publisher => new(Source, _time);

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_published_model_is_what_was_trained_and_is_announced_once()
    {
        var heard = new TaskCompletionSource<string>();
        await using var listener = await Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        listener.Notification += (_, notification) => heard.TrySetResult(notification.Payload);
        await ExecuteAsync("LISTEN catalog_changed", listener);
        var model = Model(1f);

        var published = await Publisher.PublishAsync(model, 3, TestContext.Current.CancellationToken);

        Assert.Equal("20261122T224011.000Z-ials2", published.Name);
        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal($"{published.Revision}", await heard.Task);
        Assert.Equal(1L, published.Revision);
        var stored = Assert.Single(await Publisher.ListAsync(TestContext.Current.CancellationToken));
        Assert.True(stored.IsPublished);
        Assert.Equal((published.Name, 2, 3), (stored.Name, stored.Dimension, stored.ItemCount));
        Assert.Equal(model.Factors, await FactorsAsync(published.Name));
        Assert.Equal(model.Successors!.SuccessorIds[..2], await ScalarAsync<int[]>(
            "SELECT successor_ids FROM catalog.item_successors WHERE movie_id = 10"));
        Assert.Equal(model.Successors.Weights[2..], await ScalarAsync<float[]>("SELECT weights FROM catalog.item_successors WHERE movie_id = 30"));
        Assert.Equal(2L, await ScalarAsync<long>("SELECT count(*) FROM catalog.item_successors"));
        Assert.Equal(model.Ranking, await ScalarAsync<string>("SELECT ranking::text FROM catalog.model_versions"));
        Assert.Equal(ModelChecksum.Compute(model), await ScalarAsync<byte[]>("SELECT checksum FROM catalog.model_versions"));
    }

    [Fact]
    public async Task Two_models_of_one_second_have_two_names()
    {
        await Publisher.PublishAsync(Model(1f), 3, TestContext.Current.CancellationToken);
        var second = await Publisher.PublishAsync(Model(2f), 3, TestContext.Current.CancellationToken);

        Assert.Equal("20261122T224011.000Z-ials2-2", second.Name);
    }

    [Theory]
    [InlineData(float.NaN, "not finite")]
    [InlineData(float.PositiveInfinity, "not finite")]
    [InlineData(0f, "all zero")]
    public async Task A_model_that_must_not_be_served_changes_nothing(float value, string reason)
    {
        var before = await Publisher.PublishAsync(Model(1f), 3, TestContext.Current.CancellationToken);
        var bad = Model(1f);
        bad.Factors.AsSpan(2, 2).Fill(value);

        var error = await Assert.ThrowsAsync<InvalidModelException>(() => Publisher.PublishAsync(bad, 3, TestContext.Current.CancellationToken));

        Assert.Contains(reason, error.Message);
        Assert.Contains("20", error.Message);
        Assert.Equal(before.Name, Assert.Single(await Publisher.ListAsync(TestContext.Current.CancellationToken), model => model.IsPublished).Name);
        Assert.Equal(1L, await ScalarAsync<long>("SELECT revision FROM catalog.state"));
    }

    [Fact]
    public async Task A_publication_that_is_canceled_leaves_no_trace()
    {
        using var canceled = new CancellationTokenSource();
        await using var blocker = await Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await blocker.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("UPDATE catalog.state SET updated_at = now()", blocker);

        // The factors are written; the state's row is held by another, so the publication cannot end.
        var publishing = Publisher.PublishAsync(Model(1f), 3, canceled.Token);
        while (await ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0L, await ScalarAsync<long>("SELECT count(*) FROM catalog.item_factors"));
        Assert.Equal(0L, await ScalarAsync<long>("SELECT count(*) FROM catalog.model_versions"));
    }

    [Fact]
    public async Task Old_versions_are_removed_with_their_factors_and_the_newest_are_kept()
    {
        for (var version = 1; version <= 5; version++)
        {
            await Publisher.PublishAsync(Model(version), 2, TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["20261122T224015.000Z-ials2", "20261122T224014.000Z-ials2", "20261122T224013.000Z-ials2"],
            (await Publisher.ListAsync(TestContext.Current.CancellationToken)).Select(model => model.Name));
        Assert.Equal(9L, await ScalarAsync<long>("SELECT count(*) FROM catalog.item_factors"));
    }

    [Fact]
    public async Task A_previous_version_can_be_published_again_and_is_not_pruned_while_it_is()
    {
        var first = await Publisher.PublishAsync(Model(1f), 1, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await Publisher.PublishAsync(Model(2f), 1, TestContext.Current.CancellationToken);

        var back = await Publisher.PublishStoredAsync(first.Name, TestContext.Current.CancellationToken);

        Assert.Equal(second.Revision + 1, back!.Revision);
        Assert.Equal(
            [(second.Name, false), (first.Name, true)],
            (await Publisher.ListAsync(TestContext.Current.CancellationToken)).Select(model => (model.Name, model.IsPublished)));
        Assert.Null(await Publisher.PublishStoredAsync("20200101T000000.000Z-ials2", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stored_version_that_was_damaged_is_not_published()
    {
        var first = await Publisher.PublishAsync(Model(1f), 1, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await Publisher.PublishAsync(Model(2f), 1, TestContext.Current.CancellationToken);
        await ExecuteAsync("UPDATE catalog.item_factors SET factors[1] = 0.5 WHERE movie_id = 20");

        var error = await Assert.ThrowsAsync<InvalidModelException>(
            () => Publisher.PublishStoredAsync(first.Name, TestContext.Current.CancellationToken));

        Assert.Contains("checksum", error.Message);
        Assert.Equal(second.Name, Assert.Single(await Publisher.ListAsync(TestContext.Current.CancellationToken), model => model.IsPublished).Name);
    }

    [Fact]
    public async Task Ids_that_no_float32_holds_are_read_as_they_are()
    {
        var model = Model(1f) with
        {
            MovieIds = [10, 16_777_217, int.MaxValue],
            Successors = new SuccessorLists([10, 16_777_217], [0, 2, 3], [16_777_217, int.MaxValue, 10], [0.5f, 0.25f, 0.125f]),
        };
        var first = await Publisher.PublishAsync(model, 1, TestContext.Current.CancellationToken);

        var back = await Publisher.PublishStoredAsync(first.Name, TestContext.Current.CancellationToken);

        Assert.Equal(first.Revision + 1, back!.Revision);
    }

    private static TrainedModel Model(float first) => new()
    {
        Algorithm = "ials",
        Dimension = 2,
        MovieIds = [10, 20, 30],
        Factors = [first, 2f, 3f, 4f, 5f, 6f],
        Successors = new SuccessorLists([10, 20, 30], [0, 2, 2, 3], [20, 30, 10], [0.5f, 0.25f, 0.125f]),
        Ranking = new LearnedRanking { Weights = new SignalWeights { Sequence = 0.1f } }.ToJson(),
        Hyperparameters = new IalsParameters { Dimension = 2 }.ToJson(),
        Metrics = "{}",
    };

    private async Task<float[]> FactorsAsync(string name)
    {
        await using var command = Source.CreateCommand("""
            SELECT f.factors FROM catalog.item_factors f JOIN catalog.model_versions v USING (model_version_id) WHERE v.name = $1 ORDER BY f.movie_id
            """);
        command.Parameters.Add(new() { Value = name });
        await using var reader = await command.ExecuteReaderAsync();
        var factors = new List<float>();
        while (await reader.ReadAsync())
        {
            factors.AddRange(reader.GetFieldValue<float[]>(0));
        }

        return [.. factors];
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql, NpgsqlConnection? connection = null)
    {
        await using var command = connection is null ? Source.CreateCommand(sql) : new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
