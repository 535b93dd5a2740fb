using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MovieSir.Api.Http;

/// <summary>503 with a body that is no problem: the answer says what is wrong itself.</summary>
internal sealed class ServiceUnavailable<T>(T value) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status503ServiceUnavailable;

    public Task ExecuteAsync(HttpContext httpContext) =>
        TypedResults.Json(value, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(T), ["application/json"]));
}
