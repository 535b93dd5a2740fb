using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import;

public sealed class SampleReplacementTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;
    private string _sample = "";

    public async ValueTask InitializeAsync()
    {
        _bench = await ImportBench.CreateAsync(servers);
        _bench.Write("sample/movies.jsonl", ImportBench.SampleMovie(862, "Sample toys"), ImportBench.SampleMovie(7, "Only in the sample"));
        _bench.WriteMovieLens("sample/ratings");
        _sample = Path.Combine(_bench.Folder, "sample");
        await _bench.ImportedAsync(_sample);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_sample_is_marked_as_such()
    {
        Assert.Equal(["7|True", "862|True", "8844|False"], await _bench.RowsAsync("SELECT movie_id, is_sample FROM catalog.movies ORDER BY 1"));
        Assert.Equal(["True"], await _bench.RowsAsync("SELECT DISTINCT is_sample FROM catalog.movie_providers"));
        Assert.Equal(["sample"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources"));
    }

    [Fact]
    public async Task Real_movies_replace_the_samples_movies_and_leave_its_ratings()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(862, "Toy Story", movie => movie.Remove("watch/providers"))));

        Assert.Equal(["862|Toy Story|False|False", "8844|The American President|False|True"],
            await _bench.RowsAsync("SELECT movie_id, title, is_sample, is_stub FROM catalog.movies ORDER BY 1"));
        Assert.Equal(0, await _bench.CountAsync("movie_providers"));
        Assert.Equal(3, await _bench.CountAsync("ratings"));
        Assert.Contains("Removed 1 movies of the sample catalog (--keep-sample keeps them).", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_ratings_replace_the_simulated_ones_and_leave_the_movies()
    {
        await _bench.ImportedAsync(_bench.WriteMovieLens("ml-test"));

        Assert.Equal(["ml-test"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources"));
        Assert.Equal(3, await _bench.CountAsync("ratings"));
        Assert.Equal(2, await _bench.CountAsync("movie_tags"));
        Assert.Equal(3, await _bench.CountAsync("movies"));
        Assert.Contains("Removed 3 simulated ratings of the sample catalog", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_is_kept_where_that_is_asked_for()
    {
        var keep = _bench.Settings(keepSample: true);
        await _bench.ImportAsync(keep, _bench.Write("movies.jsonl", ImportBench.Movie(1, "Real")), _bench.WriteMovieLens("ml-test"));

        Assert.Equal(4, await _bench.CountAsync("movies"));
        Assert.Equal(["ml-test", "sample"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources ORDER BY 1"));
    }

    [Fact]
    public async Task The_sample_never_replaces_what_is_real_and_can_come_back()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(862, "Toy Story")), _bench.WriteMovieLens("ml-test"));
        Assert.Equal(2, await _bench.CountAsync("movies"));

        await _bench.ImportAsync(_sample);

        Assert.Equal(["7|Only in the sample", "862|Toy Story", "8844|The American President"],
            await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies ORDER BY 1"));
        Assert.Equal(["ml-test", "sample"], await _bench.RowsAsync("SELECT name FROM catalog.rating_sources ORDER BY 1"));
        Assert.Equal(["862|False", "7|True"], await _bench.RowsAsync("SELECT movie_id, is_sample FROM catalog.movie_providers ORDER BY 2"));
    }

    [Theory]
    [InlineData("""{"adult": false, "id": 862, "original_title": "장난감 이야기", "popularity": 50.1, "video": false}""", false)]
    [InlineData("""{"adult": false, "id": 862, "original_title": "장난감 이야기", "popularity": 50.1, "video": false}""", true)]
    [InlineData("""{"id": 862, "title": "Toys", "overview": "x", "genre_ids": [16], "release_date": "1995-11-22"}""", false)]
    [InlineData("""{"id": 862, "title": "Toys", "runtime": 81}""", true)]
    public async Task A_record_with_fewer_facts_leaves_a_sample_movie_as_it_is(string record, bool keepSample)
    {
        await _bench.ImportAsync(_bench.Settings(keepSample: keepSample), _bench.Write("ids.jsonl", record));

        Assert.Equal(
            ["7|Only in the sample|True", "862|Sample toys|True"],
            await _bench.RowsAsync("SELECT movie_id, title, is_sample FROM catalog.movies WHERE NOT is_stub ORDER BY 1"));
        Assert.Equal(2, await _bench.CountAsync("movie_providers"));
        Assert.Contains("1 movies are known to the sample catalog with more facts: left as they are.", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_real_movies_replace_the_sample_a_record_of_few_facts_keeps_those_that_are_known()
    {
        await _bench.ImportedAsync(_bench.Write("movies.jsonl", ImportBench.Movie(1, "Real"), """{"id": 862, "title": "Toy Story"}"""));

        Assert.Equal(
            ["1|Real|100|False", "862|Toy Story|100|False"],
            await _bench.RowsAsync("SELECT movie_id, title, runtime_minutes, is_sample FROM catalog.movies WHERE NOT is_stub ORDER BY 1"));
        Assert.Equal(["1"], await _bench.RowsAsync("SELECT movie_id FROM catalog.movie_providers"));
    }

    [Fact]
    public async Task A_failed_import_of_real_movies_leaves_the_sample()
    {
        Assert.Equal([ImportOutcome.Failed], await _bench.ImportAsync(_bench.Write("movies.jsonl", "no movie at all")));
        Assert.Equal(3, await _bench.CountAsync("movies"));
    }
}
