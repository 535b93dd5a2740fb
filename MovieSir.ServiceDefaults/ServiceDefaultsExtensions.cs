using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MovieSir.ServiceDefaults;

/// <summary>What every process of MovieSir has: health, telemetry, service discovery and resilience.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Prefix of the project's own activity sources and meters.</summary>
    public const string TelemetryPrefix = "MovieSir.";

    /// <summary>Name of the output cache and request timeout policies that health answers share.</summary>
    public const string HealthPolicy = "Health";

    private const string LiveTag = "live";
    // Libraries that log each call at length: some twenty lines a recommendation, which cost more than the recommendation. Traces and metrics
    // tell the same. What fails a health check is in the answer, and is no error while a process starts. An attempt that is late is an error to
    // Polly, every time; who made it says once that a dependency is away.
    private static readonly KeyValuePair<string, string?>[] LogLevels =
    [
        .. new[] { "Microsoft.AspNetCore", "System.Net.Http.HttpClient", "Npgsql", "StackExchange.Redis" }
            .Select(category => KeyValuePair.Create($"Logging:LogLevel:{category}", (string?)nameof(LogLevel.Warning))),
        .. new[] { "Microsoft.Extensions.Diagnostics.HealthChecks", "Polly" }
            .Select(category => KeyValuePair.Create($"Logging:LogLevel:{category}", (string?)nameof(LogLevel.None))),
    ];

    private static readonly TimeSpan HealthCheckTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HealthCacheDuration = TimeSpan.FromSeconds(2);

    /// <summary>Adds telemetry, health checks, service discovery and, on every <see cref="HttpClient"/>, the standard resilience handler.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(BoundedHealthCheck.Bound);
        builder.Services.AddRequestTimeouts(options => options.AddPolicy(HealthPolicy, HealthCheckTimeout));
        builder.Services.AddOutputCache(options => options.AddPolicy(HealthPolicy, policy => policy.With(IsRunning).Expire(HealthCacheDuration)));
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (this process answers) and <c>/health</c> (so do the services it depends on) in every environment:
    /// an orchestrator restarts on the first and routes by the second.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var group = app.MapGroup("");
        group.CacheOutput(HealthPolicy).WithRequestTimeout(HealthPolicy).ExcludeFromDescription();
        // The framework's own mapping takes every method.
        group.WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        group.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthResponse.WriteAsync });
        group.MapHealthChecks("/alive", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LiveTag),
            ResponseWriter = HealthResponse.WriteAsync,
        });
        return app;
    }

    private static void AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Lowest in priority: any other source of configuration overrides it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(TelemetryPrefix + "*"))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RequestSampler())) // the inner one decides on the first span of a trace
                .AddSource(builder.Environment.ApplicationName, TelemetryPrefix + "*")
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !IsHealthRequest(context.Request.Path))
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    // What stops says so at once.
    private static bool IsRunning(OutputCacheContext context) => !context.HttpContext.RequestServices
        .GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static bool IsHealthRequest(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/alive");
}
