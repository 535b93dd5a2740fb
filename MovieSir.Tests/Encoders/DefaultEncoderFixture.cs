using Microsoft.Extensions.DependencyInjection;
using MovieSir.Inference.Encoding;
using MovieSir.Tests.Encoders;

[assembly: AssemblyFixture(typeof(DefaultEncoderFixture))]

namespace MovieSir.Tests.Encoders;

/// <summary>The default encoder, which came with the build; the first test that asks loads it.</summary>
public sealed class DefaultEncoderFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services = EncoderFactory.Create();

    internal ISentenceEncoder Encoder => _services.GetRequiredService<ISentenceEncoder>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
