using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.AppHost.Dashboard;
using MovieSir.AppHost.Run;

namespace MovieSir.AppHost.Embedded;

/// <summary>PostgreSQL and Redis without a container engine: the script <c>embedded-server</c> runs them as plain processes.</summary>
internal static class EmbeddedServers
{
    private static readonly TimeSpan EngineLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a run uses them: as the setting <c>Embedded</c> says; without it, where no container engine answers. Published models always use
    /// containers.
    /// </summary>
    public static bool RunsEmbedded(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode
        && (builder.Configuration.GetValue<bool?>("Embedded") ?? !(EngineAnswers("docker") || EngineAnswers("podman")));

    public static Database AddEmbeddedPostgres(
        this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ParameterResource> password)
    {
        var (server, address) = builder.AddEmbeddedServer(
            "postgres", ports[RunPorts.Postgres],
            endpoint => ReferenceExpression.Create($"{ServerAt(endpoint)};Username=postgres;Password={password}"));
        builder.Services.AddHealthChecks().AddNpgSql(_ => address(), name: "postgres");
        server.Shown("Database").WithBackUpCommand(ports[RunPorts.Postgres], password);

        // embedded-server creates the database; waiting for it is waiting for the server.
        var owner = builder.AddConnectionString(Database.Name, ReferenceExpression.Create($"{server};Database={Database.Name}"))
            .WaitFor(server)
            .Shown("DatabaseLink", below: server);
        return new Database(owner, ServerAt(server.Resource.Endpoint));
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddEmbeddedRedis(
        this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ParameterResource> password)
    {
        var (server, address) = builder.AddEmbeddedServer(
            "redis", ports[RunPorts.Redis], endpoint => ReferenceExpression.Create(
                $"{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)},password={password}"));
        builder.Services.AddHealthChecks().AddRedis(_ => address(), name: "redis");
        return server.Shown("Flash");
    }

    /// <summary>The script, which also runs the servers' clients and nginx.</summary>
    public static string EmbeddedServerScript(this IDistributedApplicationBuilder builder) =>
        Path.Combine(builder.AppHostDirectory, "Embedded", "embedded-server");

    private static ReferenceExpression ServerAt(EndpointReference endpoint) =>
        ReferenceExpression.Create($"Host={endpoint.Property(EndpointProperty.IPV4Host)};Port={endpoint.Property(EndpointProperty.Port)}");

    private static (IResourceBuilder<EmbeddedServerResource> Server, Func<string> Address) AddEmbeddedServer(
        this IDistributedApplicationBuilder builder, string name, int port, Func<EndpointReference, ReferenceExpression> connectionString)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new RunException("The embedded servers are Debian's. Start a container engine, and run again without the setting Embedded.");
        }

        string? address = null;
        var server = new EmbeddedServerResource(name, builder.EmbeddedServerScript(), builder.AppHostDirectory, connectionString);
        var home = builder.MovieSirHome();
        var resource = builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: port, name: EmbeddedServerResource.EndpointName, scheme: "tcp", isProxied: false)
            .WithArgs(name)
            .WithArgs("--port", $"{port}")
            .WithArgs("--data", Path.Combine(home, name))
            .WithArgs("--password-file", builder.PasswordFile($"{name}-password"))
            .WithEnvironment("MOVIESIR_HOME", home)
            .WithHealthCheck(name)
            .OnConnectionStringAvailable(async (server, _, cancellationToken) =>
                address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken));

        return (resource, () => address ?? throw new InvalidOperationException($"'{name}' has no address yet: it was not started."));
    }

    private static bool EngineAnswers(string client)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(client, "info") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(EngineLimit))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
