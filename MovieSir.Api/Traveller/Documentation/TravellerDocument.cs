using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using MovieSir.Api.Traveller.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Traveller.Documentation;

/// <summary>The OpenAPI document of the surface, from which the app's client is generated. The edge shows it to nobody.</summary>
internal static class TravellerDocument
{
    public const string Name = "traveller";

    private const string Introduction = """
        What the travellers' app calls. Whoever calls is told apart by cookies: a traveller with an account, a guest, or nobody yet; the first call
        that changes something makes a guest of nobody. Calls that change something are answered to pages of the same origin only. Errors are
        problem details (RFC 9457) with a stable `code`.
        """;

    public static void AddTravellerDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<TravellerMetadata>().Any();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "MovieSir for travellers", Version = "v1", Description = Introduction };
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (typeof(ProblemDetails).IsAssignableFrom(context.JsonTypeInfo.Type) && schema.Properties is not null)
            {
                schema.Properties[Problems.Code] = new OpenApiSchema { Type = JsonSchemaType.String };
                schema.Properties[Problems.RequestId] = new OpenApiSchema { Type = JsonSchemaType.String };
                schema.Required = new HashSet<string> { Problems.Code, Problems.RequestId, "status" };
            }

            return Task.CompletedTask;
        });
    });

    public static void MapTravellerDocument(this WebApplication app) =>
        app.MapOpenApi($"/openapi/{{documentName:regex(^{Name}$)}}.json").CacheOutput();
}
