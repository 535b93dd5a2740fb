using System.ComponentModel.DataAnnotations;
using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class IalsParametersTests
{
    [Fact]
    public void Json_carries_every_value_there_and_back()
    {
        var parameters = new IalsParameters
        {
            Dimension = 64,
            UnobservedWeight = 0.3f,
            Regularization = 0.01f,
            FrequencyExponent = 0.5f,
            Epochs = 3,
            Seed = 9,
            RecencyExponent = 0.25f,
            PositiveThreshold = 3.5f,
        };

        Assert.Equal(parameters, IalsParameters.FromJson(parameters.ToJson()));
    }

    [Fact]
    public void Names_of_others_are_left_alone()
    {
        var parameters = IalsParameters.FromJson("""{"dimension": 32, "unobserved_weight": 0.5, "training_data": {"sha256": "00"}}""");

        Assert.Equal(new IalsParameters { Dimension = 32, UnobservedWeight = 0.5f }, parameters);
    }

    [Theory]
    [InlineData("""{"dimension": 0}""")]
    [InlineData("""{"regularization": -1}""")]
    [InlineData("""{"epochs": 0}""")]
    public void Values_out_of_range_are_refused(string json) =>
        Assert.Throws<ValidationException>(() => IalsParameters.FromJson(json));
}
