using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MovieSir.Api.Hosting;

/// <summary>How the API stops.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>
    /// How long the API goes on answering after it was told to stop. <c>/health</c> says so at once: whoever routes by it sends nothing more, if
    /// it looks more often than this.
    /// </summary>
    [Range(0, 20)]
    public int DrainSeconds { get; set; } = 5;

    /// <summary>How long requests in flight and queued usage then have. The whole ends within thirty seconds.</summary>
    [Range(1, 30)]
    public int TimeoutSeconds { get; set; } = 25;
}

/// <summary>On SIGTERM: unready first, then no new connections, then requests in flight, then queued usage.</summary>
internal sealed class GracefulShutdown(IOptions<ShutdownOptions> options, ILogger<GracefulShutdown> logger) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _stopping;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_stopping ? HealthCheckResult.Unhealthy("The API is stopping.") : HealthCheckResult.Healthy());

    /// <summary>Answers while it stops end their connections, so that no caller sends a further call into one that is about to close.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_stopping)
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        logger.LogInformation("Stopping: unready from now on, answering for {Seconds} s more", options.Value.DrainSeconds);
        await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class GracefulShutdownExtensions
{
    public static void AddGracefulShutdown(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>(
            (host, shutdown) => host.ShutdownTimeout = TimeSpan.FromSeconds(shutdown.Value.TimeoutSeconds));
        builder.Services.AddSingleton<GracefulShutdown>();
        builder.Services.AddHostedService(services => services.GetRequiredService<GracefulShutdown>());
        builder.Services.AddHealthChecks().AddCheck<GracefulShutdown>("accepting");
    }

    public static void UseGracefulShutdown(this WebApplication app)
    {
        var shutdown = app.Services.GetRequiredService<GracefulShutdown>();
        app.Use(next => context => shutdown.InvokeAsync(context, next));
    }
}
