using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Catalogue;

internal static class CatalogueRouteExtensions
{
    private const string NotReadyCode = "CATALOGUE_NOT_READY";

    /// <summary>Answers 503 while no snapshot is loaded; handlers behind it may read <see cref="ServedCatalogue.Snapshot"/>.</summary>
    public static TBuilder RequireCatalogue<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilterFactory((_, next) => context =>
    {
        var catalogue = context.HttpContext.RequestServices.GetRequiredService<ServedCatalogue>();
        return catalogue.Current is null
            ? ValueTask.FromResult<object?>(Problems.Of(
                StatusCodes.Status503ServiceUnavailable, NotReadyCode,
                "No catalogue is loaded yet: import films, or wait until loading is done. /health says when."))
            : next(context);
    });
}
