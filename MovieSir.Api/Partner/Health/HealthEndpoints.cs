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
        .CacheOutput(ServiceDefaultsExtensions.HealthPolicy)
        .WithRequestTimeout(ServiceDefaultsExtensions.HealthPolicy);

    private static async Task<Results<Ok<PartnerHealth>, ServiceUnavailable<PartnerHealth>>> AskAsync(
        HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        var answer = new PartnerHealth(report.Status);
        return report.Status is HealthStatus.Unhealthy ? new ServiceUnavailable<PartnerHealth>(answer) : TypedResults.Ok(answer);
    }
}
