using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import.MovieLens;

public sealed class MovieLensImportTests(TestServers servers) : IAsyncLifetime
{
    private const string Ratings = "SELECT source.name, user_id, movie_id, value FROM catalog.ratings "
        + "JOIN catalog.rating_sources source USING (source_id) ORDER BY 1, 2, 3";

    private ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync(servers);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_or_zip_as_published_gives_stubs_ratings_and_tags_under_its_name(bool zipped)
    {
        var folder = _bench.WriteMovieLens("ml-test");
        await _bench.ImportedAsync(zipped ? _bench.Zip(folder, "ml-test.zip") : folder);

        Assert.Equal(
            ["862|tt0114709|Toy Story|01/01/1995|-|True", "8844|tt0113497|The American President|01/01/1995|-|True"],
            await _bench.RowsAsync("SELECT movie_id, imdb_id, title, release_date, runtime_minutes, is_stub FROM catalog.movies ORDER BY movie_id"));
        Assert.Equal(["12", "14", "16", "35", "10751"],
            await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres WHERE movie_id = 862 ORDER BY 1"));
        Assert.Equal(["878", "10402"], await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres WHERE movie_id = 8844 ORDER BY 1"));
        Assert.Equal(["ml-test|1|862|4", "ml-test|1|8844|4.5", "ml-test|2|862|0.5"], await _bench.RowsAsync(Ratings));
        Assert.Equal(["funny, warm", "pixar"], await _bench.RowsAsync("SELECT tag FROM catalog.movie_tags ORDER BY tag"));
        Assert.Equal(["5,rejected,\"the movie has no TMDB id in links.csv\",\"2,3,3.0,964983815\""], _bench.Rejects("ml-test-ratings.csv"));
        Assert.Equal(
            new DateTime(2000, 7, 30, 18, 45, 3, DateTimeKind.Utc),
            await _bench.ScalarAsync<DateTime>("SELECT rated_at FROM catalog.ratings WHERE user_id = 1 AND movie_id = 862"));
    }

    [Fact]
    public async Task A_second_import_changes_nothing_forced_or_not()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        await _bench.ImportedAsync(folder);
        var revision = await _bench.RevisionAsync();

        Assert.All(await _bench.ImportAsync(folder), outcome => Assert.Equal(ImportOutcome.Unchanged, outcome));
        Assert.All(await _bench.ImportAsync(_bench.Settings(force: true), folder), outcome => Assert.Equal(ImportOutcome.Imported, outcome));

        Assert.Equal(revision, await _bench.RevisionAsync());
        Assert.Equal(3, await _bench.CountAsync("ratings"));
    }

    [Fact]
    public async Task Ratings_are_read_again_where_only_the_links_changed()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        await _bench.ImportedAsync(folder);
        _bench.Write("ml-test/links.csv", "movieId,imdbId,tmdbId", "1,0114709,862", "2,0113497,9087", "3,0113228,15602");

        await _bench.ImportedAsync(folder);

        Assert.Equal(["ml-test|1|862|4", "ml-test|1|9087|4.5", "ml-test|2|862|0.5", "ml-test|2|15602|3"], await _bench.RowsAsync(Ratings));
    }

    [Fact]
    public async Task A_source_holds_exactly_what_its_file_says()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        await _bench.ImportedAsync(folder);
        _bench.WriteMovieLens("ml-test", ["1,1,3.5,964982703", "7,2,5.0,964982703"]);
        await _bench.ImportAsync(folder);

        Assert.Equal(["ml-test|1|862|3.5", "ml-test|7|8844|5"], await _bench.RowsAsync(Ratings));
    }

    [Fact]
    public async Task Two_sources_keep_apart_users_with_the_same_number()
    {
        await _bench.ImportedAsync(_bench.WriteMovieLens("a", ["1,1,4.0,964982703"]), _bench.WriteMovieLens("b", ["1,1,1.0,964982703"]));
        Assert.Equal(["a|1|862|4", "b|1|862|1"], await _bench.RowsAsync(Ratings));
    }

    [Fact]
    public async Task Two_ids_of_MovieLens_that_are_one_movie_give_one_rating_the_latest()
    {
        var folder = _bench.WriteMovieLens("ml-test", ["1,1,4.0,964982703", "1,2,2.0,964982704", "1,2,3.0,964982704"]);
        _bench.Write("ml-test/links.csv", "movieId,imdbId,tmdbId", "1,0114709,862", "2,0114709,862");
        await _bench.ImportedAsync(folder);

        Assert.Equal(["ml-test|1|862|3"], await _bench.RowsAsync(Ratings));
        Assert.Equal(["862|The American President"], await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies"));
    }

    [Fact]
    public async Task A_movie_source_replaces_stubs_and_a_ratings_source_never_replaces_movies()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        await _bench.ImportedAsync(folder);
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(862, "Toy Story (TMDB)")));
        await _bench.ImportAsync(_bench.Settings(force: true), folder);

        Assert.Equal(
            ["862|Toy Story (TMDB)|100|False", "8844|The American President|-|True"],
            await _bench.RowsAsync("SELECT movie_id, title, runtime_minutes, is_stub FROM catalog.movies ORDER BY movie_id"));
        Assert.Equal(["18"], await _bench.RowsAsync("SELECT genre_id FROM catalog.movie_genres WHERE movie_id = 862"));
    }

    [Theory]
    [InlineData("x,1,4.0,964982703", "userId is not a positive integer")]
    [InlineData("-1,1,4.0,964982703", "userId is not a positive integer")]
    [InlineData("1,one,4.0,964982703", "movieId is not an integer")]
    [InlineData("1,1,4.25,964982703", "rating is not one of 0.5, 1, ... 5")]
    [InlineData("1,1,0,964982703", "rating is not one of 0.5, 1, ... 5")]
    [InlineData("1,1,NaN,964982703", "rating is not one of 0.5, 1, ... 5")]
    [InlineData("1,1,4.0,964982703000", "timestamp is not a time in seconds since 1970")]
    [InlineData("1,1,4.0,-5", "timestamp is not a time in seconds since 1970")]
    [InlineData("1,99,4.0,964982703", "the movie has no TMDB id in links.csv")]
    [InlineData("1,1,4.0", "3 fields where the header has 4")]
    [InlineData("1,1,4.0,964982703,5", "5 fields where the header has 4")]
    [InlineData("1,\"1,4.0,964982703", "a quote is not closed")]
    public async Task A_bad_rating_costs_only_itself(string line, string reason)
    {
        await _bench.ImportAsync(_bench.WriteMovieLens("ml-test", ["1,2,4.0,964982703", line, "2,2,4.0,964982703"]));

        Assert.Equal(["ml-test|1|8844|4", "ml-test|2|8844|4"], await _bench.RowsAsync(Ratings));
        Assert.StartsWith($"3,rejected,\"{reason}\",", Assert.Single(_bench.Rejects("ml-test-ratings.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_does_not_fit_is_told_and_the_other_files_are_imported()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        _bench.Write("ml-test/ratings.csv", "user::movie::stars", "1::1::4");

        Assert.Equal([ImportOutcome.Imported, ImportOutcome.Failed, ImportOutcome.Imported], await _bench.ImportAsync(folder));
        Assert.Contains("must name the columns userId,movieId,rating,timestamp, and is \"user::movie::stars\"", _bench.Output,
            StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("ratings"));
        Assert.Equal(2, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task Numbers_as_pandas_writes_them_are_read()
    {
        var folder = _bench.WriteMovieLens(
            "ml-test", ["1,1.0,4.0,1112486027.0", "2, 1, 3.5, 1112486027", "3,2,4.0,1112486027", "4,3,4.0,1112486027"]);
        _bench.Write("ml-test/links.csv", "movieId,imdbId,tmdbId", "1,114709,862.0", "2,113497,862.5", "3, tt0113228, 15602");
        await _bench.ImportedAsync(folder);

        Assert.Equal(["ml-test|1|862|4", "ml-test|2|862|3.5", "ml-test|4|15602|4"], await _bench.RowsAsync(Ratings));
        Assert.Equal(["862|tt0114709", "15602|tt0113228"], await _bench.RowsAsync("SELECT movie_id, imdb_id FROM catalog.movies ORDER BY 1"));
        Assert.StartsWith("4,rejected,\"the movie has no TMDB id in links.csv\",", Assert.Single(_bench.Rejects("ml-test-ratings.csv")),
            StringComparison.Ordinal);
        Assert.Equal(
            new DateTime(2005, 4, 2, 23, 53, 47, DateTimeKind.Utc), await _bench.ScalarAsync<DateTime>(
                "SELECT rated_at FROM catalog.ratings WHERE user_id = 1"));
    }

    [Fact]
    public async Task Tags_and_names_of_sources_are_composed()
    {
        var folder = _bench.WriteMovieLens("별점".Normalize(System.Text.NormalizationForm.FormD));
        _bench.Write($"{Path.GetFileName(folder)}/tags.csv", "userId,movieId,tag,timestamp",
            $"1,1,{"장난감".Normalize(System.Text.NormalizationForm.FormD)},1139045764");
        await _bench.ImportedAsync(folder);

        Assert.Equal(["장난감"], await _bench.RowsAsync("SELECT tag FROM catalog.movie_tags"));
        Assert.Equal(["별점"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources"));
    }

    [Fact]
    public async Task The_summary_says_that_stubs_cannot_be_recommended()
    {
        await _bench.ImportedAsync(_bench.WriteMovieLens("ml-test"));
        Assert.Contains("2 movies have no running time: they can be found, and never recommended. `import tmdb --stubs` asks", _bench.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_found_by_name()
    {
        var folder = _bench.WriteMovieLens("ml-test");
        _bench.Write("ml-test/ratings.csv", "timestamp,rating,extra,movieId,userId", "964982703,4.0,,1,1");
        await _bench.ImportedAsync(folder);
        Assert.Equal(["ml-test|1|862|4"], await _bench.RowsAsync(Ratings));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_truncated_zip_is_told_and_leaves_nothing(double kept)
    {
        var path = _bench.Zip(_bench.WriteMovieLens("ml-test"), "ml-test.zip");
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, whole[..(int)(whole.Length * kept)]);

        var failure = await Assert.ThrowsAsync<ImportException>(() => _bench.ImportAsync(path));

        Assert.Contains("not a whole zip archive", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("movies"));
    }

    [Fact]
    public async Task A_zip_with_a_damaged_entry_leaves_nothing_of_that_entry()
    {
        var lines = Enumerable.Range(1, 2000).Select(user => $"{user},1,4.0,{964982703 + user}").ToArray();
        var path = _bench.Zip(_bench.WriteMovieLens("ml-test", lines), "ml-test.zip");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Update))
        {
            // Stored, so that the damage is in the numbers and not in their compression: only the checksum can tell.
            archive.GetEntry("ml-test/ratings.csv")!.Delete();
            await using var entry = archive.CreateEntry("ml-test/ratings.csv", System.IO.Compression.CompressionLevel.NoCompression).Open();
            await entry.WriteAsync(System.Text.Encoding.UTF8.GetBytes("userId,movieId,rating,timestamp\n" + string.Join('\n', lines)));
        }

        var bytes = await File.ReadAllBytesAsync(path);
        var position = bytes.AsSpan().IndexOf("1000,1,4.0"u8);
        bytes[position + 7] = (byte)'1';
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Equal([ImportOutcome.Imported, ImportOutcome.Failed, ImportOutcome.Imported], await _bench.ImportAsync(path));
        Assert.Contains("damaged or cut off", _bench.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _bench.CountAsync("ratings"));
    }

    [Fact]
    public async Task The_shared_folders_are_all_imported_but_for_movies_without_a_TMDB_id()
    {
        var folder = Path.Combine(RepositoryPaths.Shared, "data", "movielens");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there.");

        await _bench.ImportedAsync(folder);

        var read = await _bench.ScalarAsync<decimal>("SELECT sum(rows_read) FROM catalog.import_runs WHERE kind = 'movielens-ratings'");
        var rejected = await _bench.ScalarAsync<decimal>("SELECT sum(rows_rejected) FROM catalog.import_runs WHERE kind = 'movielens-ratings'");
        Assert.Equal(read - rejected, await _bench.CountAsync("ratings"));
        Assert.InRange(rejected, 1, 200);
        Assert.Equal(["ml-latest-small-2015", "ml-latest-small-2016"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources ORDER BY 1"));
    }
}
