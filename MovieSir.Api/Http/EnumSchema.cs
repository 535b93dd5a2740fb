using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MovieSir.Api.Http;

/// <summary>Names the values of enums in every OpenAPI document: the generator knows them of the serializer's own converter only.</summary>
internal sealed class EnumSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (EnumOf(context.JsonTypeInfo.Type) is { } type)
        {
            Name(schema, type);
        }
        else if (context.JsonTypeInfo.ElementType is { } element && EnumOf(element) is { } elements && schema.Items is null)
        {
            var items = new OpenApiSchema();
            Name(items, elements);
            schema.Items = items;
        }

        return Task.CompletedTask;
    }

    private static Type? EnumOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } found ? found : null;

    private static void Name(OpenApiSchema schema, Type type)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
    }
}
