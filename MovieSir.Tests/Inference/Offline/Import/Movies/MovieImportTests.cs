using System.Text.Json.Nodes;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import.Movies;

public sealed class MovieImportTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync(servers);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_movie_is_stored_with_its_genres_and_where_it_streams()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(603, "The Matrix", movie =>
        {
            movie["watch/providers"]!["results"]!["US"] = new JsonObject { ["rent"] = new JsonArray(new JsonObject { ["provider_id"] = 2, ["provider_name"] = "Apple TV" }) };
        })));

        Assert.Equal(
            ["603|tt0000603|The Matrix|en|03/31/1999|100|7.5|1000|False|False|False"],
            await _bench.RowsAsync("SELECT movie_id, imdb_id, title, original_language, release_date, runtime_minutes, vote_average, vote_count, adult, is_stub, is_sample FROM catalog.movies"));
        Assert.Equal(["603|18"], await _bench.RowsAsync("SELECT * FROM catalog.movie_genres"));
        Assert.Equal(
            ["603|8|KR|flatrate|False", "603|2|US|rent|False"],
            await _bench.RowsAsync("SELECT movie_id, provider_id, region, terms, is_sample FROM catalog.movie_providers ORDER BY region"));
        Assert.Equal(["2|Apple TV|애플 TV", "8|Netflix|넷플릭스"], await _bench.RowsAsync("SELECT * FROM catalog.providers ORDER BY provider_id"));
    }

    [Fact]
    public async Task A_second_import_changes_nothing_forced_or_not()
    {
        var file = _bench.Write("movies.jsonl", ImportBench.Movie(1, "One"), ImportBench.Movie(2, "Two"));
        await _bench.ImportedAsync(file);
        var revision = await _bench.RevisionAsync();
        var movies = await _bench.RowsAsync("SELECT * FROM catalog.movies ORDER BY movie_id");

        Assert.Equal([ImportOutcome.Unchanged], await _bench.ImportAsync(file));
        Assert.Contains("unchanged since", _bench.Output, StringComparison.Ordinal);
        Assert.Equal([ImportOutcome.Imported], await _bench.ImportAsync(_bench.Settings(force: true), file));

        Assert.Equal(movies, await _bench.RowsAsync("SELECT * FROM catalog.movies ORDER BY movie_id"));
        Assert.Equal(revision, await _bench.RevisionAsync());
        Assert.Equal(["2|2|0", "2|0|0"], await _bench.RowsAsync("SELECT rows_read, rows_written, rows_rejected FROM catalog.import_runs ORDER BY import_run_id"));
    }

    [Fact]
    public async Task A_changed_file_changes_what_it_changes_and_tells_who_serves()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "One"), ImportBench.Movie(2, "Two")));
        var revision = await _bench.RevisionAsync();

        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "One"), ImportBench.Movie(2, "Two again", movie =>
        {
            movie["genres"] = new JsonArray(new JsonObject { ["id"] = 35, ["name"] = "Comedy" });
            movie["watch/providers"] = ImportBench.Offers("KR", "flatrate", (97, "Watcha"));
        })));

        Assert.Equal(revision + 1, await _bench.RevisionAsync());
        Assert.Equal(1L, await _bench.ScalarAsync<long>("SELECT rows_written FROM catalog.import_runs ORDER BY import_run_id DESC LIMIT 1"));
        Assert.Equal(["1|18", "2|35"], await _bench.RowsAsync("SELECT * FROM catalog.movie_genres ORDER BY movie_id"));
        Assert.Equal(["1|8", "2|97"], await _bench.RowsAsync("SELECT movie_id, provider_id FROM catalog.movie_providers ORDER BY movie_id"));
        Assert.Equal(["One", "Two again"], await _bench.RowsAsync("SELECT title FROM catalog.movies ORDER BY movie_id"));
    }

    [Fact]
    public async Task What_a_line_does_not_say_stays_known()
    {
        await _bench.ImportedAsync(_bench.Write("full.jsonl", ImportBench.Movie(1, "One")));
        await _bench.ImportedAsync(_bench.Write("sparse.jsonl", """{"id": 1, "title": "One, sparsely", "adult": false}"""));

        Assert.Equal(
            ["One, sparsely|About One.|100|7.5|1000|12.5|03/31/1999"],
            await _bench.RowsAsync("SELECT title, overview, runtime_minutes, vote_average, vote_count, popularity, release_date FROM catalog.movies"));
        Assert.Equal(1, await _bench.CountAsync("movie_genres"));
        Assert.Equal(1, await _bench.CountAsync("movie_providers"));
    }

    [Fact]
    public async Task Of_a_movie_that_a_file_holds_twice_the_last_counts()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "First"), ImportBench.Movie(2, "Other"), ImportBench.Movie(1, "Last")));

        Assert.Equal(["1|Last", "2|Other"], await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies ORDER BY movie_id"));
        Assert.Contains("1 movies are given again by a later line", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_genre_that_nobody_knows_is_added_under_its_name()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "One", movie => movie["genres"] = new JsonArray(
            new JsonObject { ["id"] = 18, ["name"] = "드라마" }, new JsonObject { ["id"] = 4242, ["name"] = "Slow Cinema" }))));

        Assert.Equal(
            ["18|Drama|드라마", "4242|Slow Cinema|Slow Cinema"],
            await _bench.RowsAsync("SELECT genre_id, name_en, name_ko FROM catalog.genres WHERE genre_id IN (18, 4242) ORDER BY genre_id"));
    }

    [Fact]
    public async Task Bad_lines_cost_only_themselves_and_are_listed_by_line_number()
    {
        var path = _bench.Write("movies.jsonl", ImportBench.Movie(1, "One"), "{broken", "", """{"title": "No id"}""", ImportBench.Movie(2, "Two"), new string('x', 2_000_000));
        File.AppendAllBytes(path, [0xFF, 0xFE, (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes(ImportBench.Movie(3, "Three", movie => movie["runtime"] = -60))]);
        await _bench.ImportedAsync(path);

        Assert.Equal(["1|100", "2|100", "3|-"], await _bench.RowsAsync("SELECT movie_id, runtime_minutes FROM catalog.movies ORDER BY movie_id"));
        Assert.Equal(["7|3|4"], await _bench.RowsAsync("SELECT rows_read, rows_written, rows_rejected FROM catalog.import_runs"));
        Assert.Collection(
            _bench.Rejects("movies.jsonl"),
            row => Assert.StartsWith("2,rejected,\"not valid JSON\",\"{broken\"", row, StringComparison.Ordinal),
            row => Assert.StartsWith("4,rejected,\"no id\",", row, StringComparison.Ordinal),
            row => Assert.StartsWith("6,rejected,\"a line of more than 1048576 bytes\",\"xxx", row, StringComparison.Ordinal),
            row => Assert.StartsWith("7,rejected,\"not valid UTF-8\",", row, StringComparison.Ordinal),
            row => Assert.StartsWith("8,corrected,\"runtime is not within 1 to 1440 minutes: left out\",", row, StringComparison.Ordinal));
        Assert.All(_bench.Rejects("movies.jsonl"), row => Assert.InRange(row.Length, 1, 500));
    }

    [Fact]
    public async Task A_gzipped_file_is_read_and_the_same_content_is_known_again()
    {
        var lines = ImportBench.Movie(1, "One") + "\n";
        await _bench.ImportedAsync(_bench.WriteBytes("movies.jsonl.gz", ImportBench.Gzip(lines)));
        Assert.Equal(1, await _bench.CountAsync("movies"));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task A_gzipped_file_that_is_cut_off_leaves_nothing(double kept)
    {
        var whole = ImportBench.Gzip(string.Join('\n', Enumerable.Range(1, 5000).Select(id => ImportBench.Movie(id, $"Movie {Guid.NewGuid()}"))));
        var path = _bench.WriteBytes("movies.jsonl.gz", whole[..(int)(whole.Length * kept)]);

        Assert.Equal([ImportOutcome.Failed], await _bench.ImportAsync(path));

        Assert.Contains("damaged or cut off", _bench.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("movies"));
        Assert.Equal(0, await _bench.CountAsync("import_runs"));
    }

    [Fact]
    public async Task A_file_without_one_good_line_fails_and_the_files_beside_it_do_not()
    {
        var outcomes = await _bench.ImportAsync(_bench.Write("bad.jsonl", "a", "b"), _bench.Write("empty.jsonl"), _bench.Write("good.jsonl", ImportBench.Movie(1, "One")));

        Assert.Equal([ImportOutcome.Failed, ImportOutcome.Failed, ImportOutcome.Imported], outcomes);
        Assert.Contains("None of its 2 rows could be used", _bench.Output, StringComparison.Ordinal);
        Assert.Equal(["good.jsonl"], await _bench.RowsAsync("SELECT file_name FROM catalog.import_runs"));
    }

    [Fact]
    public async Task A_path_that_is_nothing_is_told_before_anything_is_imported()
    {
        var good = _bench.Write("good.jsonl", ImportBench.Movie(1, "One"));
        var missing = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync(good, Path.Combine(_bench.Folder, "absent.jsonl")));
        var unfit = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync(good, _bench.Write("notes.txt", "hello")));

        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
        Assert.Contains("nothing that can be imported", unfit.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task The_shared_movies_are_all_imported()
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tmdb", "movies.jsonl");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there.");

        await _bench.ImportedAsync(path);

        Assert.Equal(File.ReadLines(path).Count(), await _bench.CountAsync("movies"));
        Assert.Equal(1557, await _bench.ScalarAsync<long>("SELECT count(*) FROM catalog.movies WHERE title_ko IS NOT NULL"));
        Assert.False(Directory.Exists(_bench.RejectsFolder), _bench.Output);
    }
}
