using MovieSir.Inference.Catalog;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Serving;

internal static class CatalogRouteExtensions
{
    private const string NotReadyCode = "CATALOG_NOT_READY";

    /// <summary>Answers 503 while no snapshot is loaded; handlers behind it may read <see cref="ServedCatalog.Snapshot"/>.</summary>
    public static TBuilder RequireCatalog<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilterFactory((_, next) => context =>
    {
        var catalog = context.HttpContext.RequestServices.GetRequiredService<ServedCatalog>();
        return catalog.Current is null
            ? ValueTask.FromResult<object?>(Problems.Of<Status503>(
                NotReadyCode,
                "No catalog is loaded yet: import movies, or wait until loading is done. /health says when."))
            : next(context);
    });
}
