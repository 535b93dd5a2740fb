using MovieSir.Inference.Encoding.Tokenizers;

namespace MovieSir.Tests.Encoders;

public sealed class UnigramTokenizerTests
{
    private const int Unknown = 0;
    private const int Begin = 1;
    private const int End = 2;

    private static readonly UnigramTokenizer Tokenizer = new(
        [("\u2581", 10, -3), ("\u2581a", 11, -2), ("b", 12, -2), ("ab", 13, -5), ("c", 14, -2), ("bc", 15, -3), ("\u2581abc", 16, -9), ("fi", 17, -3),
            ("xyz", 18, -1)],
        Unknown);

    [Fact]
    public void The_most_likely_pieces_are_chosen_not_the_longest() => Assert.Equal([11, 15], Tokenizer.Encode("abc", 100)!);

    [Theory]
    [InlineData("  a\t\n a ")]
    [InlineData("a a")]
    public void White_space_of_any_kind_and_length_is_one_mark(string text) => Assert.Equal([11, 11], Tokenizer.Encode(text, 100)!);

    [Fact]
    public void Compatibility_characters_count_as_the_ordinary_ones() => Assert.Equal([10, 17, 12], Tokenizer.Encode("\uFB01b", 100)!);

    [Fact]
    public void Unknown_characters_side_by_side_are_one_token() => Assert.Equal([11, 12, Unknown, 12, 12], Tokenizer.Encode("abéèbb", 100)!);

    [Fact]
    public void A_character_known_only_inside_longer_pieces_is_unknown_alone() =>
        Assert.Equal([11, 18, Unknown, 12, 12], Tokenizer.Encode("axyzybb", 100)!);

    [Fact]
    public void A_character_outside_the_basic_plane_is_one_character() => Assert.Equal([11, 12, Unknown, 14], Tokenizer.Encode("ab😀c", 100)!);

    [Fact]
    public void Half_a_surrogate_pair_is_an_unknown_character() => Assert.Equal([11, 12, Unknown, 14], Tokenizer.Encode("ab\uD83Dc", 100)!);

    [Theory]
    [InlineData("한국어")]
    [InlineData("한국 ab")]
    [InlineData("...")]
    [InlineData("")]
    public void A_text_of_which_less_than_half_is_known_has_no_tokens(string text) =>
        Assert.Null(text == "한국 ab" ? Tokenizer.Encode(text + "한", 100) : Tokenizer.Encode(text, 100));

    [Fact]
    public void A_text_of_which_half_is_known_has_tokens() => Assert.NotNull(Tokenizer.Encode("한국 ab", 100));

    [Fact]
    public void Long_texts_are_cut_to_leave_room_for_the_control_ids()
    {
        var tokenizer = new UnigramTokenizer([("\u2581a", 11, -2)], Unknown, [Begin], [End]);
        Assert.Equal([Begin, 11, 11, End], tokenizer.Encode("a a a a a a", 4)!);
    }
}
