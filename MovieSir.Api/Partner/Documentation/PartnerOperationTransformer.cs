using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Partner.Calls;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Partner.Documentation;

/// <summary>Adds to each partner call what its route does not say of itself: the key, the limits' headers, examples, and how it fails.</summary>
internal sealed class PartnerOperationTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string RequestId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ProblemJson = "application/problem+json";

    private static readonly Dictionary<int, (string Code, string Detail)> Failures = new()
    {
        [400] = (ProblemCodes.MalformedJson, "The body is not JSON."),
        [401] = (PartnerProblems.InvalidApiKey, "The key is missing, unknown, expired, deactivated or revoked."),
        [403] = (
            PartnerProblems.ScopeMissing,
            "The key may not make this call; not charged. Also `ADDRESS_NOT_ALLOWED`: it may not be used from this address."),
        [404] = (ProblemCodes.NotFound, "There is no such movie or recommendation, or none that passes the filters (`NO_MATCH`)."),
        [413] = (ProblemCodes.PayloadTooLarge, "The body is too large."),
        [415] = (ProblemCodes.UnsupportedMediaType, "The body is not declared as JSON."),
        [422] = (ProblemCodes.ValidationFailed, "A field has the wrong type, length or range; `errors` names it."),
        [429] = (
            PartnerProblems.RateLimitExceeded,
            "The day's or the second's calls are used up; not charged. Also `TOO_MANY_INVALID_KEYS`: too many calls without a valid key from one "
            + "address."),
        [503] = (
            EngineCodes.Unavailable,
            "A service that the call needs is away; not charged. Also `QUOTA_UNAVAILABLE`, `KEYS_UNAVAILABLE`, `CATALOG_UNAVAILABLE`, "
            + "`ACCOUNTING_UNAVAILABLE`."),
        [504] = (EngineCodes.Late, "The engine did not answer in time; not charged."),
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var keyless = metadata.OfType<KeylessMetadata>().Any();
        if (!keyless)
        {
            var scheme = new OpenApiSecuritySchemeReference(PartnerDocument.SecurityScheme, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [scheme] = [] }];
        }

        var example = metadata.OfType<ExampleMetadata>().SingleOrDefault();
        if (example?.Request is not null && operation.RequestBody?.Content?.TryGetValue(Json, out var body) == true)
        {
            body.Example = JsonNode.Parse(example.Request);
        }

        var responses = (operation.Responses ?? []).OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        operation.Responses = [];
        foreach (var (status, response) in responses)
        {
            operation.Responses.Add(status, response);
            Describe(int.Parse(status, CultureInfo.InvariantCulture), (OpenApiResponse)response, example, keyless);
        }

        return Task.CompletedTask;
    }

    private static void Describe(int status, OpenApiResponse response, ExampleMetadata? example, bool keyless)
    {
        if (!keyless)
        {
            AddHeaders(status, response);
        }

        if (status < 300 && example is not null && response.Content?.TryGetValue(Json, out var success) == true)
        {
            success.Example = JsonNode.Parse(example.Response);
        }

        if (response.Content?.TryGetValue(ProblemJson, out var problem) == true && Failures.TryGetValue(status, out var failure))
        {
            response.Description = failure.Detail;
            var details = new JsonObject
            {
                ["type"] = "about:blank",
                ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                ["status"] = status,
                ["detail"] = failure.Detail,
                ["code"] = failure.Code,
                ["request_id"] = RequestId,
            };
            if (status == StatusCodes.Status422UnprocessableEntity)
            {
                details["errors"] = new JsonObject { ["available_time"] = new JsonArray("must be between 1 and 1440.") };
            }

            problem.Example = details;
        }
    }

    private static void AddHeaders(int status, OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[HttpConventionsExtensions.RequestIdHeader] = Header("The request's id: name it when you ask us about an answer.", RequestId);
        if (status != StatusCodes.Status401Unauthorized)
        {
            response.Headers["RateLimit-Policy"] = Header(
                "The key's limits: quota (q) per window (w, seconds).", "\"daily\";q=1000;w=86400, \"burst\";q=20;w=1");
            response.Headers["RateLimit"] = Header(
                "What remains of each (r) and when it begins anew (t, seconds).", "\"daily\";r=999;t=3600, \"burst\";r=19;t=1");
        }

        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout)
        {
            response.Headers["Retry-After"] = Header("Seconds after which to try again.", "1");
        }
    }

    private static OpenApiHeader Header(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };
}
