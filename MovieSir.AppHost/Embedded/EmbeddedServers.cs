using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.AppHost.Local;

namespace MovieSir.AppHost.Embedded;

/// <summary>PostgreSQL and Redis without a container engine: the script <c>embedded-server</c> runs them as plain processes.</summary>
internal static class EmbeddedServers
{
    private delegate ReferenceExpression ConnectionString(EndpointReference endpoint, IResourceBuilder<ParameterResource> password);

    /// <summary>Whether <c>--embedded</c> or the setting <c>Embedded=true</c> asks for them. Published models always use containers.</summary>
    public static bool RunsEmbedded(this IDistributedApplicationBuilder builder, string[] args) =>
        builder.ExecutionContext.IsRunMode && (args.Contains("--embedded") || builder.Configuration.GetValue<bool>("Embedded"));

    /// <summary>Adds both servers, with the names and connection strings that the containers would have.</summary>
    public static (Database Database, IResourceBuilder<IResourceWithConnectionString> Redis) AddEmbeddedServers(this IDistributedApplicationBuilder builder)
    {
        var (postgres, postgresAddress) = builder.AddEmbeddedServer("postgres", (endpoint, password) => ReferenceExpression.Create(
            $"{ServerAt(endpoint)};Username=postgres;Password={password}"));
        builder.Services.AddHealthChecks().AddNpgSql(_ => postgresAddress(), name: "postgres");

        var (redis, redisAddress) = builder.AddEmbeddedServer("redis", (endpoint, password) => ReferenceExpression.Create(
            $"{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)},password={password}"));
        builder.Services.AddHealthChecks().AddRedis(_ => redisAddress(), name: "redis");

        // embedded-server creates the database; waiting for it is waiting for the server.
        var owner = builder.AddConnectionString(Database.Name, ReferenceExpression.Create($"{postgres};Database={Database.Name}"))
            .WaitFor(postgres);

        return (new Database(owner, ServerAt(postgres.Resource.Endpoint)), redis);
    }

    private static ReferenceExpression ServerAt(EndpointReference endpoint) =>
        ReferenceExpression.Create($"Host={endpoint.Property(EndpointProperty.IPV4Host)};Port={endpoint.Property(EndpointProperty.Port)}");

    private static (IResourceBuilder<EmbeddedServerResource> Server, Func<string> Address) AddEmbeddedServer(
        this IDistributedApplicationBuilder builder, string name, ConnectionString connectionString)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "The embedded servers are Debian's. Start a container engine and run again without Embedded=true or --embedded.");
        }

        // The same folders as the Local runner's: a checkout has one database, whoever starts it.
        var home = builder.MovieSirHome();
        var passwordFile = Path.Combine(home, "secrets", $"{name}-password");
        var password = builder.AddParameter($"{name}-password", Secrets.GetOrCreate(passwordFile), secret: true);

        string? address = null;
        var server = new EmbeddedServerResource(
            name,
            Path.Combine(builder.AppHostDirectory, "Embedded", "embedded-server"),
            builder.AppHostDirectory,
            endpoint => connectionString(endpoint, password));

        var resource = builder.AddResource(server)
            .WithEndpoint(name: EmbeddedServerResource.EndpointName, scheme: "tcp")
            .WithArgs(name)
            .WithArgs("--port", server.Endpoint.Property(EndpointProperty.TargetPort))
            .WithArgs("--data", Path.Combine(home, name))
            .WithArgs("--password-file", passwordFile)
            .WithEnvironment("MOVIESIR_HOME", home)
            .WithHealthCheck(name)
            .OnConnectionStringAvailable(async (server, _, cancellationToken) =>
                address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken));

        return (resource, () => address ?? throw new InvalidOperationException($"'{name}' has no address yet: it was not started."));
    }
}
