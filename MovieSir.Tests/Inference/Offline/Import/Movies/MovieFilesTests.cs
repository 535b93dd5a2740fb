using System.Text.Json.Nodes;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import.Movies;

public sealed class MovieFilesTests(TestServers servers) : IAsyncLifetime
{
    private ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync(servers);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("array.json", "[{0},\n{1}]")]
    [InlineData("array.jsonl", "[{0}, {1}]")]
    [InlineData("page.jsonl", "{{\"page\": 1,\n\"results\": [{0}, {1}]}}")]
    [InlineData("page-on-a-line.jsonl", "{{\"page\": 1, \"results\": [{0}, {1}]}}")]
    [InlineData("commas.jsonl", "{0},\n{1},")]
    public async Task Arrays_documents_and_pages_are_imported(string name, string form)
    {
        await _bench.ImportedAsync(_bench.Write(name, string.Format(
            System.Globalization.CultureInfo.InvariantCulture, form, ImportBench.Movie(1, "One"), ImportBench.Movie(2, "Two"))));
        Assert.Equal(["1|One", "2|Two"], await _bench.RowsAsync("SELECT movie_id, title FROM catalog.movies ORDER BY 1"));
    }

    [Fact]
    public async Task One_document_over_several_lines_is_imported()
    {
        var pretty = JsonNode.Parse(ImportBench.Movie(1, "One"))!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
        await _bench.ImportedAsync(_bench.Write("one.jsonl", pretty));
        Assert.Equal(["1|One|100"], await _bench.RowsAsync("SELECT movie_id, title, runtime_minutes FROM catalog.movies"));
    }

    [Theory]
    [InlineData("gzipped.jsonl", true)]
    [InlineData("plain.jsonl.gz", false)]
    public async Task Whether_a_file_is_gzipped_is_seen_from_its_content(string name, bool gzipped)
    {
        var text = ImportBench.Movie(1, "One") + "\n";
        await _bench.ImportedAsync(_bench.WriteBytes(name, gzipped ? ImportBench.Gzip(text) : System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(1, await _bench.CountAsync("movies"));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "text in UTF-16: save it as UTF-8")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 }, "compressed with zstd: unpack it, or compress it with gzip")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0 }, "a zip archive: unpack it")]
    public async Task A_file_of_another_kind_is_told_what_it_is(byte[] content, string told)
    {
        Assert.Equal([ImportOutcome.Failed], await _bench.ImportAsync(_bench.WriteBytes("movies.jsonl", content)));
        Assert.Contains($"movies.jsonl is {told}.", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_megabytes_of_blank_lines_in_a_gzip_file_are_refused_with_a_reason()
    {
        var path = _bench.WriteBytes(
            "movies.jsonl.gz", ImportBench.Gzip(new string('\n', 100_000_000), System.IO.Compression.CompressionLevel.Optimal));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Equal([ImportOutcome.Failed], await _bench.ImportAsync(path));

        Assert.Contains("unpacks to more than ", _bench.Output, StringComparison.Ordinal);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 60);
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
}
