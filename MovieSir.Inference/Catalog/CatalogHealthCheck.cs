using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieSir.Inference.Catalog;

/// <summary>Ready means able to answer: a snapshot with movies is in memory. What it came from may be away.</summary>
internal sealed class CatalogHealthCheck(ServedCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var snapshot = catalog.Current;
        var data = new Dictionary<string, object>
        {
            ["model_loaded"] = snapshot?.Model is not null,
            ["movies"] = snapshot?.Count ?? 0,
            ["model_version"] = snapshot?.ModelVersion ?? "none",
        };
        if ((catalog.Refusal ?? snapshot?.ModelRefusal) is { } said)
        {
            data.Add("reason", said);
        }

        return Task.FromResult(snapshot switch
        {
            null => HealthCheckResult.Unhealthy(catalog.Refusal ?? "No catalog is loaded yet.", data: data),
            _ when catalog.Refusal is { } refusal => HealthCheckResult.Degraded($"{refusal} Revision {snapshot.Revision} is served on.", data: data),
            { ModelRefusal: { } reason } => HealthCheckResult.Degraded(reason, data: data),
            _ => HealthCheckResult.Healthy(data: data),
        });
    }
}
