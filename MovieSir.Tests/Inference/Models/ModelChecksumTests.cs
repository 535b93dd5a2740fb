using System.Security.Cryptography;
using System.Text;
using MovieSir.Inference.Models;

namespace MovieSir.Tests.Inference.Models;

public sealed class ModelChecksumTests
{
    private readonly TrainedModel _model = new()
    {
        Algorithm = "hybrid",
        Dimension = 2,
        MovieIds = [3, 70000],
        Factors = [1.5f, -2f, 0.25f, 1e-3f],
        Hyperparameters = "{}",
        Metrics = "{}",
    };

    [Fact]
    public void It_is_the_hash_of_the_documented_bytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(3);
        writer.Write(1.5f);
        writer.Write(-2f);
        writer.Write(70000);
        writer.Write(0.25f);
        writer.Write(1e-3f);

        Assert.Equal(Hash(stream, "{}"), ModelChecksum.Compute(_model));

        // Movie 3 is followed by 70000, movie 70000 by nothing.
        writer.Write(3);
        writer.Write(1);
        writer.Write(70000);
        writer.Write(0.75f);
        writer.Write(Encoding.UTF8.GetBytes("""{"weights": {}}"""));

        var whole = _model with
        {
            Successors = new SuccessorLists([3, 70000], [0, 1, 1], [70000], [0.75f]),
            Ranking = """{"weights": {}}""",
            Hyperparameters = """{"seed": 7, "epochs": 1E+1, "scoring": {"year": 0.10, "genres": 1e-5}}""",
        };
        Assert.Equal(Hash(stream, """{"epochs":10,"scoring":{"genres":0.00001,"year":0.1},"seed":7}"""), ModelChecksum.Compute(whole));
    }

    [Fact]
    public void Other_parameters_have_another_checksum()
    {
        var parameters = new IalsParameters { Dimension = 2 };
        var other = parameters with { Regularization = parameters.Regularization * 1.0001f };
        Assert.NotEqual(
            ModelChecksum.Compute(_model with { Hyperparameters = parameters.ToJson() }),
            ModelChecksum.Compute(_model with { Hyperparameters = other.ToJson() }));
    }

    private static byte[] Hash(MemoryStream stream, string hyperparameters) =>
        SHA256.HashData([.. stream.ToArray(), .. Encoding.UTF8.GetBytes(hyperparameters)]);
}
