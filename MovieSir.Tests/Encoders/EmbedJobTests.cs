using Microsoft.Extensions.Logging.Abstractions;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Tests.Infrastructure;
using Npgsql;
using Pgvector;

namespace MovieSir.Tests.Encoders;

public sealed class EmbedJobTests(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_movie_gets_its_own_vector_and_the_encoder_an_index()
    {
        await AddMoviesAsync(1, 1200);
        var encoder = new FakeEncoder();

        var result = await RunAsync(encoder);

        Assert.Equal(1200, result.Embedded);
        Assert.True(result.IndexCreated);
        Assert.Equal(1200L, await ScalarAsync<long>("SELECT count(*) FROM catalog.movie_embeddings WHERE embedding IS NOT NULL"));
        foreach (var movieId in new[] { 1, 513, 1200 })
        {
            Assert.Equal(FakeEncoder.VectorOf($"Movie {movieId}. Drama"), await StoredVectorAsync(movieId));
        }
    }

    [Fact]
    public async Task Only_what_changed_is_embedded_again()
    {
        await AddMoviesAsync(1, 20);
        var encoder = new FakeEncoder();
        await RunAsync(encoder);
        encoder.Seen.Clear();

        Assert.Equal(20, (await RunAsync(encoder)).Unchanged);
        Assert.Empty(encoder.Seen);

        await ExecuteAsync("UPDATE catalog.movies SET title = 'Renamed' WHERE movie_id = 7; "
            + "UPDATE catalog.movies SET vote_count = 99 WHERE movie_id = 8");
        await AddMoviesAsync(21, 21);
        var result = await RunAsync(encoder);

        Assert.Equal((19, 2), (result.Unchanged, result.Embedded));
        Assert.Equal(["Renamed. Drama", "Movie 21. Drama"], encoder.Seen);
        Assert.False(result.IndexCreated);
    }

    [Fact]
    public async Task Force_embeds_everything_again()
    {
        await AddMoviesAsync(1, 5);
        await RunAsync(new FakeEncoder());
        Assert.Equal(5, (await RunAsync(new FakeEncoder(), force: true)).Embedded);
    }

    [Fact]
    public async Task Another_recipe_of_the_encoder_makes_embeddings_out_of_date()
    {
        await AddMoviesAsync(1, 5);
        await RunAsync(new FakeEncoder());
        Assert.Equal(5, (await RunAsync(new FakeEncoder { Recipe = "prefix=passage: " })).Embedded);
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_continued_and_what_it_wrote_is_announced()
    {
        await AddMoviesAsync(1, 1500);
        using var stop = new CancellationTokenSource();
        var stopped = new FakeEncoder { OnCall = call => { if (call == 2) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stopped, cancellationToken: stop.Token));
        var written = await ScalarAsync<long>("SELECT count(*) FROM catalog.movie_embeddings");
        Assert.InRange(written, 1, 1499);
        Assert.Equal(1L, await RevisionAsync());

        var result = await RunAsync(new FakeEncoder());
        Assert.Equal((written, 1500 - written), (result.Unchanged, result.Embedded));
    }

    [Fact]
    public async Task What_a_killed_run_wrote_is_announced_by_the_next()
    {
        await AddMoviesAsync(1, 3);
        await RunAsync(new FakeEncoder());
        var revision = await RevisionAsync();

        Assert.Equal(3, (await RunAsync(new FakeEncoder())).Unchanged);
        Assert.Equal(revision, await RevisionAsync());

        await ExecuteAsync("UPDATE catalog.movie_embeddings SET updated_at = now() + interval '1 second' WHERE movie_id = 1");
        await RunAsync(new FakeEncoder());
        Assert.Equal(revision + 1, await RevisionAsync());
    }

    [Fact]
    public async Task Vectors_that_are_not_finite_or_of_another_length_are_refused_and_the_others_kept()
    {
        await AddMoviesAsync(1, 10);
        var encoder = new FakeEncoder
        {
            Vector = text => text switch
            {
                "Movie 3. Drama" => [float.NaN, 0, 1],
                "Movie 4. Drama" => [float.PositiveInfinity, 0, 1],
                "Movie 5. Drama" => [1, 0],
                _ => FakeEncoder.VectorOf(text),
            },
        };

        var result = await RunAsync(encoder);

        Assert.Equal([3, 4, 5], result.Refused);
        Assert.Equal(7, result.Embedded);
        Assert.Equal(7L, await ScalarAsync<long>("SELECT count(*) FROM catalog.movie_embeddings"));
    }

    [Fact]
    public async Task A_movie_without_embedding_is_remembered_and_not_tried_again()
    {
        await AddMoviesAsync(1, 2);
        var encoder = new FakeEncoder { Vector = text => text.StartsWith("Movie 1.", StringComparison.Ordinal) ? null : FakeEncoder.VectorOf(text) };

        Assert.Equal((1, 1), (await Counts(RunAsync(encoder))));
        Assert.Equal(1L, await ScalarAsync<long>("SELECT count(*) FROM catalog.movie_embeddings WHERE embedding IS NULL"));
        Assert.Equal(2, (await RunAsync(encoder)).Unchanged);

        static async Task<(long, long)> Counts(Task<EmbedResult> run) => ((await run).Embedded, (await run).WithoutEmbedding);
    }

    [Fact]
    public async Task Two_runs_at_once_embed_every_movie_once()
    {
        await AddMoviesAsync(1, 700);
        var encoders = new[] { new FakeEncoder(), new FakeEncoder() };
        var results = await Task.WhenAll(encoders.Select(encoder => RunAsync(encoder)));
        Assert.Equal(700, results.Sum(result => result.Embedded));
        Assert.Equal(700, results.Sum(result => result.Unchanged));
    }

    [Fact]
    public async Task Encoders_keep_their_embeddings_apart()
    {
        await AddMoviesAsync(1, 2);
        await RunAsync(new FakeEncoder());
        await RunAsync(new FakeEncoder { Name = "other", Vector = _ => [0, 0, 1] });
        Assert.Equal(4L, await ScalarAsync<long>("SELECT count(*) FROM catalog.movie_embeddings"));
        Assert.Equal(2L, await ScalarAsync<long>("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'ix_movie_embeddings_hnsw_%'"));
    }

    [Fact]
    public async Task The_same_name_with_another_dimension_is_refused()
    {
        await AddMoviesAsync(1, 1);
        await RunAsync(new FakeEncoder());
        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => RunAsync(new FakeEncoder { Dimension = 4 }));
        Assert.Contains("Encoder:Name", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "vector")]
    [InlineData(2001, "halfvec")]
    public async Task The_index_serves_a_search_in_sql(int dimension, string type)
    {
        await AddMoviesAsync(1, 40);
        var encoder = new FakeEncoder { Dimension = dimension, Vector = text => Wide(text, dimension) };
        await RunAsync(encoder);
        var encoderId = await ScalarAsync<short>("SELECT encoder_id FROM catalog.encoders");

        await using var connection = await _database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;
            EXPLAIN SELECT movie_id FROM catalog.movie_embeddings WHERE encoder_id = {encoderId}
            ORDER BY embedding::{type}({dimension}) <=> (SELECT embedding::{type}({dimension}) FROM catalog.movie_embeddings WHERE movie_id = 9)
            LIMIT 5
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains($"ix_movie_embeddings_hnsw_{encoderId}", StringComparison.Ordinal));

        static float[] Wide(string text, int dimension)
        {
            var vector = new float[dimension];
            FakeEncoder.VectorOf(text).CopyTo(vector, 0);
            return vector;
        }
    }

    [Fact]
    public async Task An_empty_catalog_is_no_error() => Assert.Equal(0, (await RunAsync(new FakeEncoder())).Movies);

    private async Task<EmbedResult> RunAsync(FakeEncoder encoder, bool force = false, CancellationToken? cancellationToken = null) =>
        await new EmbedJob(encoder, new EmbeddingStore(_database.DataSource), NullLogger<EmbedJob>.Instance)
            .RunAsync(force, new Progress<EmbedStatus>(), cancellationToken ?? TestContext.Current.CancellationToken);

    private Task AddMoviesAsync(int from, int to) => ExecuteAsync($"""
        INSERT INTO catalog.movies (movie_id, title, vote_average, vote_count, popularity, adult, keywords, is_stub)
        SELECT id, 'Movie ' || id, 0, 0, 0, false, ARRAY[]::text[], false FROM generate_series({from}, {to}) id;
        INSERT INTO catalog.movie_genres (movie_id, genre_id) SELECT id, 18 FROM generate_series({from}, {to}) id;
        """);

    private async Task<float[]> StoredVectorAsync(int movieId)
    {
        await using var command = _database.DataSource.CreateCommand($"SELECT embedding FROM catalog.movie_embeddings WHERE movie_id = {movieId}");
        return ((Vector)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ToArray();
    }

    private Task<long> RevisionAsync() => ScalarAsync<long>("SELECT revision FROM catalog.state");

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
