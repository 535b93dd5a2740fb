using System.Security.Cryptography;
using MovieSir.Inference.Training;

namespace MovieSir.Tests.Training;

public sealed class ModelChecksumTests
{
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

        Assert.Equal(SHA256.HashData(stream.ToArray()), ModelChecksum.Compute([3, 70000], [1.5f, -2f, 0.25f, 1e-3f], 2));
    }

    [Theory]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { 1, 1 })]
    [InlineData(new[] { 1 })]
    public void Unordered_ids_and_wrong_shapes_are_refused(int[] movieIds) =>
        Assert.Throws<ArgumentException>(() => ModelChecksum.Compute(movieIds, [1f, 2f], 1));
}
