using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieSir.ServiceDefaults;

/// <summary>A health check that answers in time, whatever its driver does with a server that hangs.</summary>
internal sealed class BoundedHealthCheck(IHealthCheck check) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Bounds every check of this process.</summary>
    public static void Bound(HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var create = registration.Factory;
            registration.Factory = services => new BoundedHealthCheck(create(services));
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await check.CheckHealthAsync(context, cancellationToken).WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"No answer within {Limit.TotalSeconds} s.");
        }
    }
}
