using Microsoft.Extensions.DependencyInjection;
using MovieSir.Inference.Encoding;
using MovieSir.Tests.Encoders;
using MovieSir.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(DefaultEncoderFixture))]

namespace MovieSir.Tests.Encoders;

/// <summary>The default encoder, from the checkout's own cache; the first test that asks loads it, and fetches it where it is not there.</summary>
public sealed class DefaultEncoderFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services = EncoderFactory.Create(("CacheDirectory", Path.Combine(RepositoryPaths.Home, "models")));

    /// <summary>Skips the test where no package registry can be reached, which is no fault of the code.</summary>
    internal async Task<ISentenceEncoder> GetAsync()
    {
        var encoder = _services.GetRequiredService<ISentenceEncoder>();
        try
        {
            await encoder.EncodeAsync(["ready?"], EncodingRole.Query, TestContext.Current.CancellationToken);
        }
        catch (EncoderUnavailableException exception) when (exception.Message.Contains("Encoder:PackagePath", StringComparison.Ordinal))
        {
            Assert.Skip(exception.Message);
        }

        return encoder;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
