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
            movie["watch/providers"]!["results"]!["US"] =
                new JsonObject { ["rent"] = new JsonArray(new JsonObject { ["provider_id"] = 2, ["provider_name"] = "Apple TV" }) };
        })));

        Assert.Equal(
            ["603|tt0000603|The Matrix|en|03/31/1999|100|7.5|1000|False|False|False"],
            await _bench.RowsAsync("SELECT movie_id, imdb_id, title, original_language, release_date, runtime_minutes, "
                + "vote_average, vote_count, adult, is_stub, is_sample FROM catalog.movies"));
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
        Assert.Equal(["2|2|0", "2|0|0"],
            await _bench.RowsAsync("SELECT rows_read, rows_written, rows_rejected FROM catalog.import_runs ORDER BY import_run_id"));
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
            await _bench.RowsAsync(
                "SELECT title, overview, runtime_minutes, vote_average, vote_count, popularity, release_date FROM catalog.movies"));
        Assert.Equal(1, await _bench.CountAsync("movie_genres"));
        Assert.Equal(1, await _bench.CountAsync("movie_providers"));
    }

    [Fact]
    public async Task Of_a_movie_that_a_file_holds_twice_the_last_counts()
    {
        await _bench.ImportedAsync(
            _bench.Write("movies.jsonl", ImportBench.Movie(1, "First"), ImportBench.Movie(2, "Other"), ImportBench.Movie(1, "Last")));

        Assert.Equal(["1|Last", "2|Other"], await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies ORDER BY movie_id"));
        Assert.Contains("1 movies are given again by a later line", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poorer_line_of_a_movie_that_a_file_holds_twice_takes_nothing_away()
    {
        await _bench.ImportedAsync(_bench.Write(
            "movies.jsonl",
            ImportBench.Movie(1, "One"),
            """{"id": 1, "vote_count": 7, "genre_ids": [35], "title": "하나"}""",
            """{"id": 1, "original_title": "하나", "keywords": {"keywords": []}}"""));

        Assert.Equal(
            ["One|하나|100|7|{}"], await _bench.RowsAsync("SELECT title, title_ko, runtime_minutes, vote_count, keywords::text FROM catalog.movies"));
        Assert.Equal(["35"], await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres"));
        Assert.Equal(["8|KR"], await _bench.RowsAsync("SELECT provider_id, region FROM catalog.movie_providers"));
    }

    [Theory]
    [InlineData("""{"adult": false, "id": 496243, "original_title": "기생충", "popularity": 50.1, "video": false}""")]
    [InlineData("""{"id": 496243, "title": "기생충", "original_title": "기생충", "original_language": "ko", "overview": ""}""")]
    [InlineData("""{"id": 496243, "title": "パラサイト"}""")]
    [InlineData("""{"id": 496243, "title": "Gisaengchung", "original_title": "Gisaengchung", "original_language": "ko"}""")]
    public async Task A_title_that_stands_in_never_replaces_an_English_title(string poorer)
    {
        await _bench.ImportedAsync(_bench.Write("full.jsonl", ImportBench.Movie(496243, "Parasite", movie => movie["original_title"] = "기생충")));
        await _bench.ImportedAsync(_bench.Write("poorer.jsonl", poorer));

        Assert.Equal(["Parasite|100|About Parasite."], await _bench.RowsAsync("SELECT title, runtime_minutes, overview FROM catalog.movies"));
    }

    [Fact]
    public async Task A_title_that_stands_in_fills_a_blank_and_makes_room_for_the_English_one()
    {
        const string Titles = "SELECT title, title_ko FROM catalog.movies";
        await _bench.ImportedAsync(_bench.Write("ids.jsonl", """{"id": 496243, "original_title": "기생충"}"""));
        Assert.Equal(["기생충|기생충"], await _bench.RowsAsync(Titles));

        await _bench.ImportedAsync(
            _bench.Write("list.jsonl", """{"id": 496243, "title": "기생충", "original_title": "Gisaengchung", "original_language": "ko"}"""));
        Assert.Equal(["Gisaengchung|기생충"], await _bench.RowsAsync(Titles));

        await _bench.ImportedAsync(_bench.Write("renamed.jsonl", """{"id": 496243, "original_title": "Gisaeng-chung"}"""));
        await _bench.ImportedAsync(_bench.Write("full.jsonl", ImportBench.Movie(496243, "Parasite")));
        Assert.Equal(["Parasite|기생충"], await _bench.RowsAsync(Titles));
    }

    [Fact]
    public async Task The_English_title_of_a_stub_stays_where_a_movie_does_not_give_it()
    {
        await _bench.ImportedAsync(_bench.WriteMovieLens("ml-test"));
        await _bench.ImportedAsync(_bench.Write("list.jsonl", """{"id": 862, "title": "토이 스토리", "runtime": 81}"""));

        Assert.Equal(["Toy Story|토이 스토리|81|False"],
            await _bench.RowsAsync("SELECT title, title_ko, runtime_minutes, is_stub FROM catalog.movies WHERE movie_id = 862"));
    }

    [Fact]
    public async Task Names_of_providers_and_genres_are_kept_in_both_languages_whichever_comes_last()
    {
        static string With(int id, string provider, string genre) => ImportBench.Movie(id, $"Movie {id}", movie =>
        {
            movie["watch/providers"] = ImportBench.Offers("KR", "flatrate", (9001, provider));
            movie["genres"] = new JsonArray(new JsonObject { ["id"] = 4242, ["name"] = genre });
        });
        await _bench.ImportedAsync(_bench.Write("korean.jsonl", With(1, "느린상영관", "느린 영화")));
        Assert.Equal(["느린상영관|느린상영관"], await _bench.RowsAsync("SELECT name, name_ko FROM catalog.providers"));

        await _bench.ImportedAsync(_bench.Write("english.jsonl", With(1, "Slow House", "Slow Cinema")));
        await _bench.ImportedAsync(_bench.Write("again.jsonl", With(2, "느린상영관", "느린 영화")));

        Assert.Equal(["Slow House|느린상영관"], await _bench.RowsAsync("SELECT name, name_ko FROM catalog.providers"));
        Assert.Equal(["Slow Cinema|느린 영화"], await _bench.RowsAsync("SELECT name_en, name_ko FROM catalog.genres WHERE genre_id = 4242"));
    }

    [Fact]
    public async Task A_name_that_changes_is_told_to_who_serves_though_no_movie_changes()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "One")));
        var revision = await _bench.RevisionAsync();
        await _bench.ImportedAsync(_bench.Write(
            "movies.jsonl", ImportBench.Movie(
                1, "One", movie => movie["watch/providers"] = ImportBench.Offers("KR", "flatrate", (8, "Netflix Standard")))));

        Assert.Equal(revision + 1, await _bench.RevisionAsync());
        Assert.Equal(0L, await _bench.ScalarAsync<long>("SELECT rows_written FROM catalog.import_runs ORDER BY import_run_id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Genres_given_by_id_count_where_they_are_known()
    {
        await _bench.ImportedAsync(_bench.Write(
            "movies.jsonl",
            """{"id": 1, "title": "One", "genre_ids": [18, 4242, 777]}""",
            ImportBench.Movie(2, "Two", movie => movie["genres"] = new JsonArray(new JsonObject { ["id"] = 4242, ["name"] = "Slow Cinema" }))));

        Assert.Equal(["18", "4242"], await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres WHERE movie_id = 1 ORDER BY 1"));
        Assert.Contains("1 movies name a genre by an id alone that the catalog does not know", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_genres_than_can_be_served_are_left_out_and_told_and_unused_ones_go()
    {
        static string With(int id, int genre) => ImportBench.Movie(
            id, $"Movie {id}", movie => movie["genres"] = new JsonArray(new JsonObject { ["id"] = genre, ["name"] = $"Genre {genre}" }));
        var file = _bench.Write(
            "genres.jsonl", [.. Enumerable.Range(1, 100).Select(id => With(id, 50_000 + id)), With(101, 50_100), With(102, 50_100)]);
        await _bench.ImportedAsync(file);

        Assert.Equal(64, await _bench.CountAsync("genres"));
        Assert.Equal(102, await _bench.CountAsync("movies"));
        Assert.Equal(["50100"], await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres WHERE movie_id = 101"));
        Assert.Contains("55 movies name a genre for which there is no room, as a catalog holds 64", _bench.Output, StringComparison.Ordinal);

        await _bench.ImportedAsync(_bench.Write("genres.jsonl", [.. Enumerable.Range(1, 102).Select(id => With(id, 60_000 + (id % 3)))]));

        Assert.Equal(
            ["60000", "60001", "60002"], await _bench.RowsAsync("SELECT genre_id FROM catalog.genres WHERE genre_id > 50000 ORDER BY 1"));
        Assert.Equal(19 + 3, await _bench.CountAsync("genres"));
        Assert.Equal(102, await _bench.CountAsync("movie_genres"));
    }

    [Fact]
    public async Task The_summary_says_what_can_never_be_recommended_and_what_is_one_movie_twice()
    {
        await _bench.ImportedAsync(_bench.Write(
            "movies.jsonl",
            """{"id": 1, "title": "List Row", "genre_ids": [18, 53], "overview": "x", "vote_average": 7}""",
            ImportBench.Movie(2, "Two", movie => movie["imdb_id"] = "tt9000001"),
            ImportBench.Movie(3, "Two", movie => movie["imdb_id"] = "tt9000001"),
            ImportBench.Movie(4, "Four")));

        Assert.Contains("1 movies have no running time: they can be found, and never recommended. `import tmdb --stubs` asks TMDB for it.",
            _bench.Output, StringComparison.Ordinal);
        Assert.Contains("2 movies share their IMDb id with another movie.", _bench.Output, StringComparison.Ordinal);
        Assert.Equal(4, await _bench.CountAsync("movies"));
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
        var path = _bench.Write("movies.jsonl", ImportBench.Movie(1, "One"), "{broken", "", """{"title": "No id"}""", ImportBench.Movie(2, "Two"),
            new string('x', 2_000_000));
        File.AppendAllBytes(
            path, [0xFF, 0xFE, (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes(ImportBench.Movie(3, "Three", movie => movie["runtime"] = -60))]);
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
    public async Task A_file_without_one_good_line_fails_and_the_files_beside_it_do_not()
    {
        var outcomes = await _bench.ImportAsync(
            _bench.Write("bad.jsonl", "a", "b"), _bench.Write("empty.jsonl"), _bench.Write("good.jsonl", ImportBench.Movie(1, "One")));

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
