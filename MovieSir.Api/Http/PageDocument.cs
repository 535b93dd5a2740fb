using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Http;

/// <summary>OpenAPI documents of the surfaces that our own pages call. The pages' clients are generated from them; the edge serves none.</summary>
internal static class PageDocument
{
    /// <typeparam name="TMetadata">What marks the calls of the surface.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The document's, in its address.</param>
    /// <param name="title">Its title.</param>
    /// <param name="introduction">What is true of all calls.</param>
    /// <param name="more">What the surface says besides.</param>
    public static void AddPageDocument<TMetadata>(
        this IServiceCollection services, string name, string title, string introduction, Action<OpenApiOptions>? more = null) =>
        services.AddOpenApi(name, options =>
        {
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<TMetadata>().Any();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = title, Version = "v1", Description = introduction };
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
            more?.Invoke(options);
        });

    public static void MapPageDocument(this WebApplication app, string name) =>
        app.MapOpenApi($"/openapi/{{documentName:regex(^{name}$)}}.json").CacheOutput();
}
