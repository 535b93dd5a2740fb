using MovieSir.Api.Partner.Calls;

namespace MovieSir.Api.Partner.Documentation;

/// <summary>
/// OpenAPI at <c>/openapi.json</c>, Swagger UI at <c>/swagger</c>, ReDoc at <c>/redoc</c>: all served from here, nothing from elsewhere.
/// </summary>
internal static class DocumentationExtensions
{
    private const string Document = "/openapi.json";
    private const string Title = "MovieSir Partner API";

    // Both viewers set styles from scripts; ReDoc searches in a worker that it makes itself. Its logo lies on another server and stays away.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddPartnerDocumentation(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith(PartnerConventions.Prefix[1..], StringComparison.Ordinal) == true;
        options.AddDocumentTransformer<PartnerDocument>();
        options.AddOperationTransformer<PartnerOperationTransformer>();
        options.AddSchemaTransformer<PartnerSchemaTransformer>();
    });

    public static void MapPartnerDocumentation(this WebApplication app)
    {
        app.MapOpenApi(Document).CacheOutput();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/swagger") || context.Request.Path.StartsWithSegments("/redoc"),
            viewers => viewers.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return next(context);
            }));
        app.UseSwaggerUI(swagger =>
        {
            swagger.RoutePrefix = "swagger";
            swagger.DocumentTitle = Title;
            swagger.SwaggerEndpoint(Document, Title);
            swagger.EnableTryItOutByDefault();
        });
        app.UseReDoc(redoc =>
        {
            redoc.RoutePrefix = "redoc";
            redoc.DocumentTitle = Title;
            redoc.SpecUrl = Document;
            // The packaged page loads fonts from another server; this one is the same without them.
            redoc.IndexStream = () => typeof(DocumentationExtensions).Assembly.GetManifestResourceStream("redoc.html")!;
        });
    }
}
