using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class LearnedRankingTests
{
    private static readonly LearnedRanking Ranking = new()
    {
        Weights = new SignalWeights { Sequence = 0.3f, Year = -0.1f },
        Features = ForestFeatures.Names,
        Forest = new ObliviousForest { Depth = 1, Features = [2], Thresholds = [0.1f], Leaves = [-0.25f, 0.25f] },
    };

    [Fact]
    public void It_comes_back_from_json_as_it_was()
    {
        var read = LearnedRanking.FromJson(Ranking.ToJson());

        Assert.Equal(Ranking.Weights, read.Weights);
        Assert.Equal(Ranking.Features, read.Features);
        Assert.Equal(Ranking.Forest!.Leaves, read.Forest!.Leaves);
        Assert.Equal(Ranking.Forest.Thresholds, read.Forest.Thresholds);
        Assert.Equal(Ranking.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("{}", "cannot be read")]
    [InlineData("null", "null")]
    [InlineData("""{"weights": {"sequence": 1e39}}""", "")]
    [InlineData("""{"weights": {"charm": 1}}""", "cannot be read")]
    [InlineData("""{"weights": {}, "features": ["Luck"], "forest": {"depth": 1, "features": [0], "thresholds": [0], "leaves": [0, 1]}}""",
        "train again")]
    public void What_cannot_be_served_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidModelException>(() => LearnedRanking.FromJson(json)).Message);

    [Fact]
    public void A_forest_that_cannot_be_evaluated_is_refused()
    {
        var json = (Ranking with { Forest = Ranking.Forest! with { Features = [99] } }).ToJson();

        Assert.Contains("feature that there is not", Assert.Throws<InvalidModelException>(() => LearnedRanking.FromJson(json)).Message);
    }
}
