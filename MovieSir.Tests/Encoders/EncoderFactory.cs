using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Inference.Encoding;

namespace MovieSir.Tests.Encoders;

/// <summary>Encoders as a host would build them, from settings of the section <c>Encoder</c>.</summary>
internal static class EncoderFactory
{
    public static ServiceProvider Create(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{EncoderOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddSentenceEncoder().BuildServiceProvider();
    }
}
