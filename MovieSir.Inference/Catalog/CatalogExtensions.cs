using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieSir.Inference.Models;
using MovieSir.ServiceDefaults;

namespace MovieSir.Inference.Catalog;

internal static class CatalogExtensions
{
    // Registered by MovieSir.ServiceDefaults, or by Aspire.Npgsql under the same name.
    private const string PostgresCheck = "PostgreSql";

    private static readonly TimeSpan PostgresCheckTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The catalog in memory, kept current from PostgreSQL, and readiness by it. Needs the database and the sentence encoder.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>()
            .BindConfiguration(CatalogOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddAvailability();
        services.AddScoringOptions();
        services.AddSingleton<ServedCatalog>();
        services.AddSingleton<CatalogLoader>();
        services.AddHostedService<CatalogRefresher>();
        services.AddHealthChecks().AddCheck<CatalogHealthCheck>("catalog");
        services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            // Answers come from memory: without PostgreSQL they grow old, they do not fail.
            foreach (var check in options.Registrations.Where(check => check.Name == PostgresCheck))
            {
                check.FailureStatus = HealthStatus.Degraded;
                check.Timeout = PostgresCheckTimeout;
            }
        });
        return services;
    }
}
