using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieSir.AppHost.Run;

/// <summary>What only a run has, beside the model.</summary>
internal static class RunSettings
{
    private const int MaximumReplicas = 16;

    /// <summary>What a run makes: <c>MOVIESIR_HOME</c>, by default <c>.moviesir</c> in the checkout.</summary>
    public static string MovieSirHome(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration["MOVIESIR_HOME"] ?? Path.Combine(builder.AppHostDirectory, "..", ".moviesir"));

    /// <summary>Logs a line an entry, as <c>./moviesir logs</c> reads them, and looks for no newer version of Aspire.</summary>
    public static void AddRunLogging(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning) // a line for each call of the dashboard
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // the dashboard's keys lie in the user's home, as they should
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            }));
        builder.Configuration["ASPIRE_VERSION_CHECK_DISABLED"] = "true";
    }

    /// <summary>Writes what <c>./moviesir</c> reads of a run, of every part that was added before.</summary>
    public static void AddRunState(this IDistributedApplicationBuilder builder, RunAddresses addresses)
    {
        var directory = Path.Combine(builder.MovieSirHome(), "run");
        var parts = builder.Resources.Where(resource => resource is ProjectResource or ExecutableResource or ContainerResource)
            .Where(resource => !resource.HasAnnotationOfType<ExplicitStartupAnnotation>()) // as the builder that Aspire has for each project
            .Select(resource => resource.Name).ToHashSet();

        // First of all, since Aspire's own service returns only when every part has started.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services =>
            ActivatorUtilities.CreateInstance<RunState>(services, directory, parts, addresses)));
    }

    /// <summary>As many processes as the setting <c>ApiReplicas</c> says, behind one port.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicasOfRun(this IResourceBuilder<ProjectResource> service, string setting)
    {
        var configuration = service.ApplicationBuilder.Configuration;
        var replicas = configuration.GetValue(setting, defaultValue: 1);
        if (replicas is < 1 or > MaximumReplicas)
        {
            throw new RunException($"{setting} takes 1 to {MaximumReplicas}, not {replicas}.");
        }

        // A single process has the port itself, as it has in a container. Several have free ports, and Aspire's proxy spreads the calls.
        return replicas == 1 ? service : service.WithReplicas(replicas).WithEndpoint("http", endpoint =>
        {
            endpoint.IsProxied = true;
            endpoint.TargetPort = null;
        });
    }
}
