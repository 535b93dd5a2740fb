using System.Text;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Tests.Inference.Offline.Import.Reading;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb", "a|b")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("\uFEFFa\n\uFEFFb", "a|\uFEFFb")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Lines_end_as_on_any_system_and_a_byte_order_mark_is_no_text(string content, string expected)
    {
        var lines = await ReadAsync(Encoding.UTF8.GetBytes(content), 100);
        Assert.Equal(expected, string.Join('|', lines.Select(line => line.Text)));
    }

    [Fact]
    public async Task A_line_that_is_too_long_costs_only_itself()
    {
        var huge = new string('x', 5_000_000);
        var lines = await ReadAsync(Encoding.UTF8.GetBytes($"a\n{huge}\nb\n{huge}"), 1000);

        Assert.Equal([LineFault.None, LineFault.TooLong, LineFault.None, LineFault.TooLong], lines.Select(line => line.Fault));
        Assert.Equal([1, 2, 3, 4], lines.Select(line => line.Number));
        Assert.Equal(("a", "b"), (lines[0].Text, lines[2].Text));
        Assert.All([lines[1], lines[3]], line => Assert.InRange(line.Text.Length, 1, 1000));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF8_costs_only_itself()
    {
        var lines = await ReadAsync([.. "a\n"u8, 0xC3, 0x28, (byte)'\n', .. "한글\n"u8], 100);

        Assert.Equal([LineFault.None, LineFault.InvalidUtf8, LineFault.None], lines.Select(line => line.Fault));
        Assert.Equal("한글", lines[2].Text);
    }

    [Fact]
    public async Task Lines_that_straddle_reads_are_whole()
    {
        var expected = Enumerable.Range(0, 20_000).Select(i => new string((char)('a' + (i % 26)), i % 97)).ToArray();
        var lines = await ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', expected) + "\n"), 100);
        Assert.Equal(expected, lines.Select(line => line.Text));
    }

    [Theory]
    [InlineData("\n\n a \n\t\n\r\nb", "3 a |6 b")]
    [InlineData("\uFEFF\n\na", "3 a")]
    [InlineData(" \n \t ", "")]
    public async Task Blank_lines_are_passed_over_and_counted(string content, string expected)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(content)));
        var lines = new List<string>();
        while (await reader.ReadTextAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add($"{line.Number} {Encoding.UTF8.GetString(line.Span)}");
        }

        Assert.Equal(expected, string.Join('|', lines));
    }

    private static async Task<List<(long Number, string Text, LineFault Fault)>> ReadAsync(byte[] content, int maxLineBytes)
    {
        var reader = new LineReader(new MemoryStream(content), maxLineBytes);
        var lines = new List<(long, string, LineFault)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add((line.Number, Encoding.UTF8.GetString(line.Span), line.Fault));
        }

        return lines;
    }
}
