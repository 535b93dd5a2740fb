using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Embedding;
using MovieSir.Inference.Hosting;

namespace MovieSir.Bench.Database;

/// <summary>The offline commands' host, over the database of ConnectionStrings__moviesir.</summary>
internal static class BenchHost
{
    public static IHost Create()
    {
        var builder = CommandHost.CreateBuilder();
        builder.Services.AddEmbedding();
        builder.Services.AddOptions<CatalogueOptions>().BindConfiguration(CatalogueOptions.Section).PostConfigure(options => options.ApplyDefaults());
        builder.Services.AddSingleton<CatalogueLoader>();
        return builder.Build();
    }

    public static async Task<CatalogueSnapshot> LoadSnapshotAsync(IHost host, CancellationToken cancellationToken)
    {
        var load = await host.Services.GetRequiredService<CatalogueLoader>().LoadAsync(current: null, cancellationToken);
        return load.Snapshot ?? throw new InvalidOperationException($"The catalogue cannot be loaded: {load.Refusal}");
    }
}
