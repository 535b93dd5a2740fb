using System.Text;
using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Tests.Inference.Offline.Import.Reading;

public sealed class TextTests
{
    [Theory]
    [InlineData("  Toy Story\t", "Toy Story")]
    [InlineData("Toy\u0000 \u001bStory\u009f", "Toy Story")]
    [InlineData("Toy\r\nStory", "Toy Story")]
    [InlineData("Toy\tStory", "Toy Story")]
    [InlineData("\uFEFFToy\u200B Sto\u00ADry\u202E", "Toy Story")]
    [InlineData("Ame\u0301lie", "Am\u00E9lie")]
    [InlineData("\u1100\u1175\u1109\u1162\u11BC\u110E\u116E\u11BC", "기생충")]
    [InlineData("ＯＬＤＢＯＹ", "ＯＬＤＢＯＹ")]
    [InlineData("whole \uD83D\uDE00", "whole \uD83D\uDE00")]
    [InlineData("\u200B\u0007", null)]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_is_composed_and_without_what_cannot_be_seen(string? text, string? expected) => Assert.Equal(expected, Text.Clean(text));

    [Theory]
    [InlineData("One.\r\n\r\nTwo.", "One.\n\nTwo.")]
    [InlineData("One.\u2028Two.\u0000", "One.\nTwo.")]
    [InlineData("\n One. \n", "One.")]
    public void A_longer_text_keeps_its_paragraphs(string text, string expected) => Assert.Equal(expected, Text.CleanLines(text));

    [Theory]
    [InlineData("기생충", true)]
    [InlineData("ㄱㅅㅊ", true)]
    [InlineData("\u1100\u1175", true)]
    [InlineData("ﾡ", true)]
    [InlineData("A 밤 B", true)]
    [InlineData("千と千尋の神隠し", false)]
    [InlineData("Parasite", false)]
    [InlineData(null, false)]
    public void Hangul_is_found_in_every_form(string? text, bool expected) => Assert.Equal(expected, Text.HasHangul(text));

    [Theory]
    [InlineData("Amélie", true)]
    [InlineData("1917", true)]
    [InlineData("2:22", true)]
    [InlineData("ＯＬＤＢＯＹ", true)]
    [InlineData("X 세대", true)]
    [InlineData("千と千尋の神隠し", false)]
    [InlineData("Сталкер", false)]
    public void A_title_in_Latin_letters_is_told_from_others(string text, bool expected) => Assert.Equal(expected, Text.IsLatin(text));

    [Fact]
    public void Half_of_a_pair_becomes_the_sign_for_what_cannot_be_read() => Assert.Equal("half \uFFFD pair", Text.Clean("half \uD83D pair"));

    [Fact]
    public void Composed_text_stays_as_it_is()
    {
        const string Title = "괴물: The Host – Director’s Cut ½";
        Assert.True(Title.IsNormalized(NormalizationForm.FormC));
        Assert.Equal(Title, Text.Clean(Title));
    }
}
