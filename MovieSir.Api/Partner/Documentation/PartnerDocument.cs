using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Partner.Calls;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Partner.Documentation;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal sealed class PartnerDocument(IOptions<QuotaOptions> quota) : IOpenApiDocumentTransformer
{
    public const string SecurityScheme = "ApiKey";

    private const string PlansExtension = "x-plans";

    private string Introduction => string.Create(CultureInfo.InvariantCulture, $"""
        "I have 180 minutes; what should I watch?" MovieSir answers with sets of movies that fill the time a viewer has.

        **Key.** Send your key in the header `X-API-Key`. Keep it on your servers.

        **Limits.** A company has a daily limit by its plan ({Plans}; a day begins at midnight in
        Asia/Seoul) and a limit per second, which all its keys share; a key may have less. Answers carry them in `RateLimit-Policy` and
        `RateLimit`. Only successful calls (2xx) count against the daily limit: a refused, invalid or failed one does not. An address that
        sends many calls without a valid key gets 429 `TOO_MANY_INVALID_KEYS` for up to a minute; calls with a valid key from the same
        address are answered all the while.

        **Errors.** RFC 9457 `application/problem+json` with a stable `code` and a `request_id`; with 422, `errors` names the fields.

        **Languages.** Genres, streaming services and search texts may be Korean or English.
        """);

    private string Plans => string.Join(
        ", ", Enum.GetValues<Plan>().Select(plan => string.Create(
            CultureInfo.InvariantCulture, $"{plan.ToString().ToUpperInvariant()} {quota.Value.LimitsOf(plan).CallsPerDay:N0}")));

    // For the site that introduces the API: it is built from this document, so that its figures are the service's.
    private JsonObject PlanNode(Plan plan) => new()
    {
        ["plan"] = plan.ToString().ToUpperInvariant(),
        ["calls_per_day"] = quota.Value.LimitsOf(plan).CallsPerDay,
        ["calls_per_second"] = quota.Value.LimitsOf(plan).CallsPerSecond,
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "MovieSir Partner API", Version = "v1", Description = Introduction };
        // Where the document was read from is where the API is; what a proxy made of the request's host is nobody's concern.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddExtension(PlansExtension, new JsonNodeExtension(new JsonArray([.. Enum.GetValues<Plan>().Select(PlanNode)])));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = PartnerConventions.KeyHeader,
            Description = "Your API key, `sk-moviesir-…`.",
        };
        return Task.CompletedTask;
    }
}
