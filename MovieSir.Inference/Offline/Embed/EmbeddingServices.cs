using MovieSir.Inference.Encoding;

namespace MovieSir.Inference.Offline.Embed;

internal static class EmbeddingServices
{
    /// <summary>Adds <see cref="EmbedJob"/> with the sentence encoder that it needs.</summary>
    public static IServiceCollection AddEmbedding(this IServiceCollection services) =>
        services.AddSentenceEncoder().AddSingleton<EmbeddingStore>().AddSingleton<EmbedJob>();
}
