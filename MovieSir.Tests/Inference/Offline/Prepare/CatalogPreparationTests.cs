using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Offline.Prepare;
using MovieSir.Tests.Encoders;
using MovieSir.Tests.Inference.Offline.Import;
using MovieSir.Tests.Inference.Offline.Train;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Prepare;

public sealed class CatalogPreparationTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync(servers);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_database_without_anything_is_filled_with_the_sample_beside_the_program()
    {
        await PrepareAsync();

        var movies = await _bench.CountAsync("movies");
        Assert.True(movies >= 400, _bench.Output);
        Assert.Equal(movies, await _bench.ScalarAsync<long>(
            "SELECT count(*) FROM catalog.movies WHERE is_sample AND runtime_minutes > 0 AND title_ko IS NOT NULL"));
        Assert.Equal(movies, await _bench.CountAsync("movie_embeddings"));
        Assert.Equal(["sample"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources"));
        Assert.Equal(0, await _bench.ScalarAsync<decimal>("SELECT sum(rows_rejected) FROM catalog.import_runs"));
    }

    [Fact]
    public async Task The_next_start_changes_nothing()
    {
        await PrepareAsync();
        var revision = await _bench.RevisionAsync();
        var runs = await _bench.CountAsync("import_runs");

        await PrepareAsync();

        Assert.Equal(revision, await _bench.RevisionAsync());
        Assert.Equal(runs, await _bench.CountAsync("import_runs"));
    }

    [Fact]
    public async Task A_start_that_was_killed_between_movies_and_ratings_is_made_good_by_the_next()
    {
        await _bench.ImportedAsync(Path.Combine(AppContext.BaseDirectory, "data", "sample", "movies.jsonl"));
        await PrepareAsync();
        Assert.NotEqual(0, await _bench.CountAsync("ratings"));
    }

    [Fact]
    public async Task A_catalog_with_movies_or_ratings_of_its_own_gets_no_sample()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "One")));
        await PrepareAsync();
        Assert.Equal(["1"], await _bench.RowsAsync("SELECT movie_id FROM catalog.movies"));
        Assert.Equal(1, await _bench.CountAsync("movie_embeddings"));
    }

    [Fact]
    public async Task Two_instances_at_once_do_the_work_once()
    {
        await Task.WhenAll(PrepareAsync(), PrepareAsync());
        Assert.Equal(4, await _bench.CountAsync("import_runs"));
    }

    [Fact]
    public async Task An_encoder_that_cannot_be_loaded_fails_the_preparation()
    {
        var failure = await Assert.ThrowsAsync<PreparationException>(
            () => PrepareAsync(new FakeEncoder { OnCall = _ => throw new EncoderUnavailableException("No encoder: build one.") }));

        Assert.Contains("No encoder: build one.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Encoder:Enabled", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("model_versions"));
    }

    [Fact]
    public async Task Embeddings_that_are_not_wanted_are_left_out_and_the_rest_is_done()
    {
        await PrepareAsync(new FakeEncoder { IsEnabled = false, OnCall = _ => throw new InvalidOperationException("It must not be asked.") });

        Assert.Contains("embed: switched off (Encoder:Enabled is false)", _bench.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("movie_embeddings"));
        Assert.Equal(1, await _bench.CountAsync("model_versions"));
    }

    [Fact]
    public async Task A_sample_that_is_not_there_is_told_with_the_setting_that_names_it()
    {
        var failure = await Assert.ThrowsAsync<PreparationException>(() => PrepareAsync(samplePath: "nowhere"));
        Assert.Contains("Sample:Path", failure.Message, StringComparison.Ordinal);

        await PrepareAsync(samplePath: " ");
        Assert.Equal(0, await _bench.CountAsync("movies"));
    }

    private async Task PrepareAsync(FakeEncoder? encoder = null, string? samplePath = null)
    {
        var builder = CommandHost.CreateBuilder();
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:moviesir"] = _bench.Database.ConnectionString };
        if (samplePath is not null)
        {
            settings["Sample:Path"] = samplePath;
        }

        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddCatalogPreparation(_bench.Console, new EmbedProgress(TextWriter.Null, isTerminal: false, TimeProvider.System));
        builder.Services.UseQuickTraining();
        builder.Services.Replace(ServiceDescriptor.Singleton<ISentenceEncoder>(encoder ?? new FakeEncoder()));
        using var host = builder.Build();
        await host.Services.GetRequiredService<CatalogPreparation>().RunAsync(TestContext.Current.CancellationToken);
    }
}
