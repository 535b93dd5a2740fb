using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieSir.Api.Http;
using MovieSir.ServiceDefaults;

namespace MovieSir.Api.Partner.Health;

/// <summary><c>healthy</c>: calls are answered. <c>unhealthy</c>: they get 503 at present.</summary>
internal sealed record PartnerHealth(HealthStatus Status);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder partner) => partner.MapGet("/health", AskAsync)
        .WithName("Health")
        .WithExample(null, """{ "status": "healthy" }""")
        .WithSummary("Whether the API answers")
        .WithDescription("Needs no key and costs nothing.")
        .Produces<PartnerHealth>()
        .Produces<PartnerHealth>(StatusCodes.Status503ServiceUnavailable)
        .CacheOutput(ServiceDefaultsExtensions.HealthPolicy)
        .WithRequestTimeout(ServiceDefaultsExtensions.HealthPolicy);

    private static async Task<JsonHttpResult<PartnerHealth>> AskAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        return TypedResults.Json(
            new PartnerHealth(report.Status),
            statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
