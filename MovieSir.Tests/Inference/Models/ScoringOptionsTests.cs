using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class ScoringOptionsTests
{
    [Fact]
    public void What_a_model_keeps_is_what_it_was_trained_with()
    {
        var trained = new ScoringOptions { GenreBoost = 0.07f, Taste = new SignalWeights { Sequence = 0.123f, Year = -1e-7f } };
        var hyperparameters = JsonNode.Parse(new IalsParameters().ToJson())!.AsObject();
        trained.AddTo(hyperparameters);

        var served = ScoringOptions.FromJson(hyperparameters.ToJsonString());

        Assert.Equal(trained, served);
        Assert.NotEqual(new ScoringOptions(), served);
    }

    [Fact]
    public void A_model_that_says_nothing_of_it_leaves_it_to_the_configuration() => Assert.Null(ScoringOptions.FromJson("{}"));

    [Fact]
    public void What_no_configuration_may_hold_no_model_may_hold() =>
        Assert.Throws<ValidationException>(() => ScoringOptions.FromJson("""{"scoring": {"similar_movies": 0}}"""));
}
