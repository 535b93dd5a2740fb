namespace MovieSir.Api.Documentation;

/// <summary>OpenAPI at <c>/openapi.json</c>, Swagger UI at <c>/swagger</c>, ReDoc at <c>/redoc</c>.</summary>
internal static class DocumentationExtensions
{
    public static void AddApiDocumentation(this WebApplicationBuilder builder) => builder.Services.AddOpenApi();

    public static void MapApiDocumentation(this WebApplication app) => app.MapOpenApi("/openapi.json");
}
