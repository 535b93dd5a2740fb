using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Offline.Embed;
using MovieSir.ServiceDefaults;

namespace MovieSir.Bench.Database;

/// <summary>The offline commands' host, over the database of ConnectionStrings__moviesir.</summary>
internal static class BenchHost
{
    public static IHost Create()
    {
        var builder = CommandHost.CreateBuilder();
        builder.Services.AddEmbedding();
        builder.Services.AddOptions<CatalogOptions>().BindConfiguration(CatalogOptions.Section);
        builder.Services.AddAvailability();
        builder.Services.AddSingleton<CatalogLoader>();
        return builder.Build();
    }

    public static async Task<CatalogSnapshot> LoadSnapshotAsync(IHost host, CancellationToken cancellationToken)
    {
        var load = await host.Services.GetRequiredService<CatalogLoader>().LoadAsync(current: null, cancellationToken);
        return load.Snapshot ?? throw new InvalidOperationException($"The catalog cannot be loaded: {load.Refusal}");
    }
}
