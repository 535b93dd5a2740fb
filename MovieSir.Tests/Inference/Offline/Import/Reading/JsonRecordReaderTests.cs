using System.Text;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Tests.Inference.Offline.Import.Reading;

public sealed class JsonRecordReaderTests
{
    private const string Pretty = "{\n  \"id\": 1,\n  \"title\": \"A } {\",\n  \"list\": [\n    {}\n  ]\n}";

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":2}\n", false, "1 {\"id\":1}", "2 {\"id\":2}")]
    [InlineData("\n \n{\"id\":1}\r\n\r\n{\"id\":2}", false, "3 {\"id\":1}", "5 {\"id\":2}")]
    [InlineData("{\"id\":1}", false, "1 {\"id\":1}")]
    [InlineData("{broken\n{\"id\":2}", false, "1 {broken", "2 {\"id\":2}")]
    [InlineData("{\"id\":1,\"title\":\"cut\n{\"id\":2}", false, "1 {\"id\":1,\"title\":\"cut", "2 {\"id\":2}")]
    [InlineData("{\"id\":1,\n{\"id\":2}", false, "1 {\"id\":1", "2 {\"id\":2}")]
    [InlineData("{\"id\":1", false, "1 {\"id\":1")]
    [InlineData("{\"id\":1},\n{\"id\":2} ,\r\n", false, "1 {\"id\":1}", "2 {\"id\":2}")]
    [InlineData("{\"id\":1,\n\"t\":2}", true, "1 {\"id\":1,\n\"t\":2}")]
    [InlineData("{\"id\":\n1}", true, "1 {\"id\":\n1}")]
    [InlineData("{\"id\":1\n{\"id\":2}", false, "1 {\"id\":1", "2 {\"id\":2}")]
    [InlineData("", false)]
    [InlineData("[{\"id\":1},{\"id\":2}]", true, "1 {\"id\":1}", "1 {\"id\":2}")]
    [InlineData("\uFEFF[\n{\"id\":1},\n{\"id\":\"]\"}\n]\n", true, "2 {\"id\":1}", "3 {\"id\":\"]\"}")]
    [InlineData("[{\"t\":\"cut},\n{\"id\":2}]", true, "1 {\"t\":\"cut},\n", "2 {\"id\":2}")]
    [InlineData("[\n{\"t\":\"cut\n},\n{\"id\":2}]", true, "2 {\"t\":\"cut\n}", "4 {\"id\":2}")]
    [InlineData("[1, \"two\", {\"id\":3}]", true, "1 1", "1 \"two\"", "1 {\"id\":3}")]
    [InlineData("[]", true)]
    [InlineData("[{\"id\":1", true, "1 {\"id\":1")]
    [InlineData("[{\"t\":\"\\", true, "1 {\"t\":\"\\")]
    public async Task Lines_arrays_and_documents_are_told_apart(string content, bool isDocument, params string[] expected)
    {
        var (records, readAsDocument) = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)));
        Assert.Equal(expected, records.Select(record => $"{record.Number} {record.Text}"));
        Assert.Equal(isDocument, readAsDocument);
    }

    [Fact]
    public async Task Documents_over_several_lines_are_whole_one_behind_the_other()
    {
        var (records, isDocument) = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes($"{Pretty}\n{Pretty}\n")));
        Assert.True(isDocument);
        Assert.Equal([(1, Pretty), (8, Pretty)], records.Select(record => (record.Number, record.Text)));
    }

    [Fact]
    public async Task Objects_that_straddle_reads_are_whole()
    {
        var expected = Enumerable.Range(0, 3000).Select(i => $"{{\"t\":\"{new string('\\', 2 * (i % 9))}{new string('x', i % 97)}\"}}").ToArray();
        var (records, _) = await ReadAsync(new SlowStream(Encoding.UTF8.GetBytes($"[{string.Join(',', expected)}]")));
        Assert.Equal(expected, records.Select(record => record.Text));
    }

    [Fact]
    public async Task An_object_that_is_too_long_costs_only_itself_and_no_memory()
    {
        var (records, _) = await ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($"[{{\"id\":1}},\n{{\"t\":\"{new string('x', 5_000_000)}\"}},\n{{\"id\":3}}]")));

        Assert.Equal([LineFault.None, LineFault.TooLong, LineFault.None], records.Select(record => record.Fault));
        Assert.Equal([1, 2, 3], records.Select(record => record.Number));
        Assert.InRange(records[1].Text.Length, 1, 1000);
    }

    private static async Task<(List<(long Number, string Text, LineFault Fault)> Records, bool IsDocument)> ReadAsync(Stream content)
    {
        var reader = new JsonRecordReader(content);
        var records = new List<(long, string, LineFault)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } record)
        {
            records.Add((record.Number, Encoding.UTF8.GetString(record.Span), record.Fault));
        }

        return (records, reader.IsDocument);
    }

    /// <summary>Gives a few bytes a read, as a slow pipe does.</summary>
    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
