using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Documentation;

/// <summary>Says of schemas what their types cannot.</summary>
internal sealed class PartnerSchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        // On a list the attribute [Required] means "not null": one that is left out is empty.
        schema.Required?.ExceptWith(context.JsonTypeInfo.Properties
            .Where(property => property.PropertyType.IsArray
                && property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
            .Select(property => property.Name));

        if (typeof(ProblemDetails).IsAssignableFrom(type) && schema.Properties is not null)
        {
            schema.Properties[Problems.Code] = Text("Stable: what a program may decide by.");
            schema.Properties[Problems.RequestId] = Text("Name it when you ask us about this answer.");
            schema.Required = new HashSet<string> { Problems.Code, Problems.RequestId, "status" };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
