using MovieSir.Api.Companies.Keys;

namespace MovieSir.Tests.Api.Companies.Keys;

public sealed class ApiKeyFormatTests
{
    private const int Keys = 100_000;

    [Fact]
    public void A_hundred_thousand_keys_are_well_formed_and_none_is_another()
    {
        var keys = new HashSet<string>(Keys);
        for (var i = 0; i < Keys; i++)
        {
            var key = ApiKeyFormat.Generate();
            Assert.True(ApiKeyFormat.IsWellFormed(key), key);
            keys.Add(key);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{keys.Count} different keys of {Keys}");
        Assert.Equal(Keys, keys.Count);
    }

    [Fact]
    public void A_key_has_the_form_of_the_contract() =>
        Assert.Matches("^sk-moviesir-[0-9A-Za-z]{46}$", ApiKeyFormat.Generate());

    [Fact]
    public void One_wrong_character_anywhere_is_noticed()
    {
        var key = ApiKeyFormat.Generate();
        for (var i = 0; i < key.Length; i++)
        {
            var wrong = key.ToCharArray();
            wrong[i] = wrong[i] == 'x' ? 'y' : 'x';
            Assert.False(ApiKeyFormat.IsWellFormed(new string(wrong)), $"position {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sk-moviesir-")]
    [InlineData("sk-moviesir-한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글")]
    [InlineData("sk-moviesir-0000000000000000000000000000000000000000000000")]
    public void What_is_no_key_is_not_taken_for_one(string? text) => Assert.False(ApiKeyFormat.IsWellFormed(text));

    [Fact]
    public void A_longer_key_or_one_with_a_space_is_not_well_formed()
    {
        var key = ApiKeyFormat.Generate();
        Assert.False(ApiKeyFormat.IsWellFormed(key + "0"));
        Assert.False(ApiKeyFormat.IsWellFormed(" " + key[1..]));
        Assert.False(ApiKeyFormat.IsWellFormed(key.ToUpperInvariant()));
    }
}
