using System.Globalization;
using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class ModelCoverageTests
{
    [Theory]
    [InlineData(490, 490, 490)] // the sample
    [InlineData(10_000, 62_737, 10_000)] // a catalog that has outgrown its model
    [InlineData(11_486, 300, 280)] // one that was cut down to movies that the model knows
    [InlineData(490, 7_419, 279)] // the sample's model on the movies that take its place
    [InlineData(324, 360, 162)]
    [InlineData(3, 0, 0)] // no movies yet
    public void A_model_of_the_catalogs_movies_is_served(int modelMovies, int catalogMovies, int shared) =>
        ModelCoverage.Require("some-model", modelMovies, catalogMovies, shared);

    [Theory]
    [InlineData(490, 7_419, 0)]
    [InlineData(11_030, 7_419, 1_461)] // MovieLens' own numbers, by chance
    [InlineData(11_030, 62_737, 3_702)]
    [InlineData(324, 360, 161)]
    public void A_model_of_other_movies_is_refused_with_both_numbers_and_what_to_do(int modelMovies, int catalogMovies, int shared)
    {
        var refusal = Assert.Throws<ForeignModelException>(() => ModelCoverage.Require("some-model", modelMovies, catalogMovies, shared));

        Assert.Equal("some-model", refusal.Model);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"of the {modelMovies:N0} that it knows, {shared:N0} are"), refusal.Message);
        Assert.Contains("`train`", refusal.Message);
    }
}
