using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieSir.Inference.Catalogue;

/// <summary>Ready means able to answer: a snapshot with films is in memory. What it came from may be away.</summary>
internal sealed class CatalogueHealthCheck(ServedCatalogue catalogue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var snapshot = catalogue.Current;
        var data = new Dictionary<string, object>
        {
            ["model_loaded"] = snapshot?.Model is not null,
            ["movies"] = snapshot?.Count ?? 0,
            ["model_version"] = snapshot?.ModelVersion ?? "none",
        };
        return Task.FromResult(snapshot switch
        {
            null => HealthCheckResult.Unhealthy("No catalogue is loaded yet.", data: data),
            { ModelRefusal: { } reason } => HealthCheckResult.Degraded(reason, data: data),
            _ => HealthCheckResult.Healthy(data: data),
        });
    }
}
