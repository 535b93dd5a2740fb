using Microsoft.OpenApi;
using MovieSir.Api.Accounts;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Http;

namespace MovieSir.Api.Console.Documentation;

/// <summary>The OpenAPI document of the surface, from which the console's client is generated. The edge shows it to nobody.</summary>
internal static class ConsoleDocument
{
    public const string Name = "console";

    private const string Introduction = """
        What the companies' console calls. A member of a company is told by cookies. Each call says which role it needs: a viewer reads, a developer
        also writes keys and content rules, an owner also writes members and the company. What belongs to another company is answered as what is not
        there. Calls that change something are answered to pages of the same origin only. Errors are problem details (RFC 9457) with a stable `code`.
        """;

    public static void AddConsoleDocument(this IServiceCollection services) => services.AddPageDocument<ConsoleMetadata>(
        Name, "MovieSir for companies", Introduction, options => options.AddOperationTransformer((operation, context, _) =>
        {
            operation.AddAccess(context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        }));

    /// <summary>Says who may make a call: <c>x-access</c> is a role, <c>administrator</c>, or <c>anybody</c>.</summary>
    private static void AddAccess(this OpenApiOperation operation, IList<object> metadata)
    {
        var access = metadata.OfType<WithoutSignInMetadata>().Any() ? "anybody"
            : metadata.OfType<AdministratorMetadata>().Any() ? "administrator"
            : (metadata.OfType<RoleMetadata>().LastOrDefault()?.Role ?? default).ToString().ToLowerInvariant();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions["x-access"] = new JsonNodeExtension(access);
    }
}
