using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Inference.Offline.Import.Tmdb;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import.Tmdb;

public sealed class TmdbImportTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;
    private FakeTmdb _tmdb = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await ImportBench.CreateAsync(servers);
        _tmdb = await FakeTmdb.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _tmdb.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Movies_arrive_with_all_that_was_asked_for_and_of_one_region()
    {
        _tmdb.Movies[496243] = ImportBench.Movie(496243, "기생충", movie =>
        {
            movie["watch/providers"]!["results"]!["US"] = ImportBench.Offers("US", "rent", (2, "Apple TV"))["results"]!["US"]!.DeepClone();
        });

        Assert.True(await RunAsync([496243]));

        Assert.Equal(["496243|기생충"], await _bench.RowsAsync("SELECT movie_id, title_ko FROM catalog.movies"));
        Assert.Equal(["8|KR"], await _bench.RowsAsync("SELECT provider_id, region FROM catalog.movie_providers"));
        Assert.Equal(
            "/3/movie/496243?language=ko-KR&append_to_response=translations,keywords,watch/providers",
            Uri.UnescapeDataString(Assert.Single(_tmdb.Requests).Path));
        Assert.Equal(["tmdb-api|ko-KR/KR|1|1|0"],
            await _bench.RowsAsync("SELECT kind, file_name, rows_read, rows_written, rows_rejected FROM catalog.import_runs"));
    }

    [Fact]
    public async Task The_list_of_movies_is_read_page_by_page_up_to_the_limit()
    {
        _tmdb.AddMovies(1, 70);

        Assert.True(await RunAsync(null, pages: 2));
        Assert.Equal(40, await _bench.CountAsync("movies"));

        Assert.True(await RunAsync(null, pages: 500, max: 50));
        Assert.Equal(50, await _bench.CountAsync("movies"));

        Assert.True(await RunAsync(null, pages: 500));
        Assert.Equal(70, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task Refusals_for_a_while_failures_and_cut_connections_are_tried_again()
    {
        _tmdb.AddMovies(1, 4);
        _tmdb.Fail(1, FakeTmdb.Status(429, retryAfterSeconds: 1));
        _tmdb.Fail(2, FakeTmdb.Status(500), FakeTmdb.Status(503));
        _tmdb.Fail(3, FakeTmdb.Cut);

        var started = Stopwatch.GetTimestamp();
        Assert.True(await RunAsync([1, 2, 3, 4]));

        Assert.Equal(4, await _bench.CountAsync("movies"));
        Assert.Equal([2, 3, 2, 1], new[] { 1, 2, 3, 4 }.Select(_tmdb.RequestsFor));
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(1), "Retry-After was not waited for");
    }

    [Fact]
    public async Task A_movie_that_TMDB_does_not_have_is_told_once_and_not_asked_for_again()
    {
        _tmdb.AddMovies(1, 1);

        Assert.True(await RunAsync([1, 99]));
        Assert.True(await RunAsync([1, 99]));

        Assert.Equal(["99,rejected,\"TMDB has no such movie\",\"\""], _bench.Rejects("tmdb-ko-KR-KR"));
        Assert.Equal(1, _tmdb.RequestsFor(99));
        Assert.Equal(1, _tmdb.RequestsFor(1));
    }

    [Fact]
    public async Task A_movie_that_keeps_failing_is_left_out_and_asked_for_the_next_time()
    {
        _tmdb.AddMovies(1, 3);
        _tmdb.Fail(2, [.. Enumerable.Repeat(FakeTmdb.Status(500), 6)]);

        Assert.False(await RunAsync([1, 2, 3]));
        Assert.Equal(["1", "3"], await _bench.RowsAsync("SELECT movie_id FROM catalog.movies ORDER BY 1"));
        Assert.Equal(["2,rejected,\"TMDB answered 500\",\"\""], _bench.Rejects("tmdb-ko-KR-KR"));

        Assert.True(await RunAsync([1, 2, 3]));
        Assert.Equal(3, await _bench.CountAsync("movies"));
        Assert.Equal((1, 7, 1), (_tmdb.RequestsFor(1), _tmdb.RequestsFor(2), _tmdb.RequestsFor(3)));
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_where_it_stopped()
    {
        _tmdb.AddMovies(1, 60);
        using var interruption = new CancellationTokenSource();
        _tmdb.OnRequest = count =>
        {
            if (count == 35)
            {
                interruption.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync([.. Enumerable.Range(1, 60)], batchSize: 10, token: interruption.Token));
        Assert.Equal(30, await _bench.CountAsync("movies"));

        _tmdb.OnRequest = null;
        _tmdb.Requests.Clear();
        Assert.True(await RunAsync([.. Enumerable.Range(1, 60)], batchSize: 10));

        Assert.Equal(60, await _bench.CountAsync("movies"));
        Assert.Equal(30, _tmdb.Requests.Count);
        Assert.All(Enumerable.Range(1, 30), id => Assert.Equal(0, _tmdb.RequestsFor(id)));
    }

    [Fact]
    public async Task TMDB_being_down_ends_the_import_and_keeps_what_it_has()
    {
        _tmdb.AddMovies(1, 10);
        for (var id = 11; id <= 200; id++)
        {
            _tmdb.Fail(id, [.. Enumerable.Repeat(FakeTmdb.Status(503), 100)]);
        }

        var failure = await Assert.ThrowsAsync<ImportException>(() => RunAsync([.. Enumerable.Range(1, 200)], batchSize: 10));

        Assert.Contains("in a row failed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(10, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task Requests_keep_to_the_rate()
    {
        _tmdb.AddMovies(1, 40);
        Assert.True(await RunAsync([.. Enumerable.Range(1, 40)], requestsPerSecond: 20));

        // 21 requests in a row lie 20 periods apart. They arrive unevenly on a busy machine: a single window may be short, half of them not.
        var times = _tmdb.Requests.Select(request => request.At).Order().ToArray();
        TimeSpan[] windows = [.. Enumerable.Range(20, times.Length - 20).Select(i => Stopwatch.GetElapsedTime(times[i - 20], times[i])).Order()];
        Assert.True(windows[windows.Length / 2] > TimeSpan.FromMilliseconds(950),
            $"the median of {windows.Length} windows lasts {windows[windows.Length / 2]}");
    }

    [Fact]
    public async Task A_key_that_TMDB_refuses_ends_the_import_at_once()
    {
        _tmdb.AddMovies(1, 100);

        var failure = await Assert.ThrowsAsync<ImportException>(() => RunAsync([.. Enumerable.Range(1, 100)], key: FakeTmdb.Key + "-expired"));

        Assert.Contains("TMDB refuses the key", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_tmdb.Requests.Count, 1, 16);
        Assert.Equal(0, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task The_key_is_in_no_URL_no_log_and_no_trace()
    {
        _tmdb.AddMovies(1, 3);
        _tmdb.Fail(1, FakeTmdb.Status(500));
        _tmdb.Fail(2, FakeTmdb.Cut);
        var logs = new CapturedLogs();
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
                spans.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);

        Assert.True(await RunAsync([1, 2, 3], logs: logs));

        Assert.Contains(logs.Lines, line => line.Contains("/movie/", StringComparison.Ordinal));
        Assert.Contains(spans, span => span.Contains("/movie/", StringComparison.Ordinal));
        string[] told = [.. logs.Lines, .. spans, .. _tmdb.Requests.Select(request => request.Path), _bench.Output];
        Assert.DoesNotContain(told, text => text.Contains(FakeTmdb.Key[..12], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "TMDB wants a key")]
    [InlineData("  ", "TMDB wants a key")]
    [InlineData("0123456789abcdef0123456789abcdef", "short \"API Key\"")]
    [InlineData("not a key\r\nX-Evil: 1", "does not look like one")]
    public void Only_a_token_that_travels_in_a_header_is_taken(string? key, string message) =>
        Assert.Contains(message, Assert.Throws<ImportException>(() => TmdbKey.Parse(key)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Real_movies_replace_the_sample_at_the_end()
    {
        await _bench.ImportedAsync(
            _bench.Write("sample.jsonl", ImportBench.SampleMovie(1, "One"), ImportBench.SampleMovie(77, "Only in the sample")));
        _tmdb.AddMovies(1, 2);

        Assert.True(await RunAsync([1, 2]));

        Assert.Equal(["1|False", "2|False"], await _bench.RowsAsync("SELECT movie_id, is_sample FROM catalog.movies ORDER BY 1"));
        Assert.Contains("Removed 1 movies of the sample catalog", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_regions_availability_stays()
    {
        await _bench.ImportedAsync(_bench.Write(
            "movies.jsonl", ImportBench.Movie(1, "One", movie => movie["watch/providers"] = ImportBench.Offers("US", "flatrate", (15, "Hulu")))));
        _tmdb.AddMovies(1, 1);

        Assert.True(await RunAsync([1]));

        Assert.Equal(["8|KR", "15|US"], await _bench.RowsAsync("SELECT provider_id, region FROM catalog.movie_providers ORDER BY region"));
    }

    private async Task<bool> RunAsync(
        int[]? ids,
        int pages = 10,
        int max = 1000,
        int batchSize = 200,
        int requestsPerSecond = 50,
        string key = FakeTmdb.Key,
        CapturedLogs? logs = null,
        CancellationToken? token = null)
    {
        var builder = CommandHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tmdb:BaseAddress"] = _tmdb.Address,
            ["Tmdb:BatchSize"] = $"{batchSize}",
            ["Tmdb:RequestsPerSecond"] = $"{requestsPerSecond}",
            ["Tmdb:RetryDelayMilliseconds"] = "10",
        });
        builder.Logging.ClearProviders();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter(_ => true);
        }

        builder.Services.AddTmdb(TmdbKey.Parse(key));
        builder.Services.AddSingleton(_bench.Database.DataSource);
        builder.Services.AddSingleton(_bench.Console);
        builder.Services.AddSingleton(TimeProvider.System);
        using var host = builder.Build();
        var request = new TmdbRequest { Language = "ko-KR", Region = "KR", MovieIds = ids, MaxPages = pages, MaxMovies = max, RefreshDays = 7 };
        return await host.Services.GetRequiredService<TmdbImport>()
            .RunAsync(request, _bench.Settings(), token ?? TestContext.Current.CancellationToken);
    }

    private sealed class CapturedLogs : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(Lines);

        public void Dispose()
        {
        }

        private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                lines.Enqueue($"{state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
