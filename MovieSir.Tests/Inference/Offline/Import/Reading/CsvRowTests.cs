using System.Text;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Tests.Inference.Offline.Import.Reading;

public sealed class CsvRowTests
{
    [Theory]
    [InlineData("1,2,3", "1|2|3")]
    [InlineData(",,", "||")]
    [InlineData("", "")]
    [InlineData("11,\"American President, The (1995)\",Comedy", "11|American President, The (1995)|Comedy")]
    [InlineData("1,\"say \"\"hi\"\", now\"", "1|say \"hi\", now")]
    [InlineData("1,\"\"", "1|")]
    [InlineData("1,it\"s", "1|it\"s")]
    [InlineData("1,기생충", "1|기생충")]
    [InlineData("1, 0114709, 862", "1|0114709|862")]
    [InlineData("11, \"American President, The (1995)\" , Comedy", "11|American President, The (1995)|Comedy")]
    [InlineData(" , ", "|")]
    public void Fields_are_split_as_MovieLens_quotes_them(string line, string expected)
    {
        var row = new CsvRow();
        Assert.Null(row.Read(Encoding.UTF8.GetBytes(line)));
        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, row.Count).Select(row.GetString)));
    }

    [Theory]
    [InlineData("1,\"never closed")]
    [InlineData("1,\"closed\" and on,2")]
    [InlineData("\"")]
    public void A_broken_quote_is_told(string line) => Assert.NotNull(new CsvRow().Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_line_of_commas_is_refused_and_bounded() => Assert.NotNull(new CsvRow().Read(Encoding.UTF8.GetBytes(new string(',', 1000))));

    [Theory]
    [InlineData("12", true)]
    [InlineData("\"12\"", true)]
    [InlineData("12x", false)]
    [InlineData("", false)]
    [InlineData("99999999999", false)]
    [InlineData("862.0", true)]
    [InlineData("862.00", true)]
    [InlineData(" 862 ", true)]
    [InlineData("\" 862.0 \"", true)]
    [InlineData("862.5", false)]
    [InlineData("862.0x", false)]
    [InlineData("8 62", false)]
    public void Numbers_are_whole_fields(string field, bool isNumber)
    {
        var row = new CsvRow();
        Assert.Null(row.Read(Encoding.UTF8.GetBytes(field)));
        Assert.Equal(isNumber, row.TryGetInt32(0, out _));
    }
}
