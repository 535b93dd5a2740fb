using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MovieSir.Api.Partner.Recommend;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Documentation;

/// <summary>Says of schemas what their types cannot.</summary>
internal sealed class PartnerSchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (typeof(RecommendationWish).IsAssignableFrom(type))
        {
            // Required means "not null" there: a list that is left out is empty.
            schema.Required?.ExceptWith((schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
                .Where(property => property.Value.Type?.HasFlag(JsonSchemaType.Array) == true)
                .Select(property => property.Key));
        }

        if (typeof(ProblemDetails).IsAssignableFrom(type) && schema.Properties is not null)
        {
            schema.Properties[Problems.Code] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable: what a program may decide by." };
            schema.Properties[Problems.RequestId] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name it when you ask us about this answer." };
            schema.Required = new HashSet<string> { Problems.Code, Problems.RequestId, "status" };
        }

        return Task.CompletedTask;
    }
}
