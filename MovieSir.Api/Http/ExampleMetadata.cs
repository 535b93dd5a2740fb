namespace MovieSir.Api.Http;

/// <summary>An example of a call for the OpenAPI document.</summary>
internal sealed record ExampleMetadata(string? Request, string Response);


internal static class ExampleExtensions
{
    /// <summary>Shows a whole call: its body as JSON, or null where it has none, and the answer to it.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, string? request, string response)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(request, response));

}
