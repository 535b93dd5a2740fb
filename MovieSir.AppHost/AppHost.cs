using MovieSir.AppHost;
using MovieSir.AppHost.Embedded;
using MovieSir.AppHost.Run;

// The system, read as docs/architecture/aspire.md draws it: what there is, and what each part needs. On which node a part runs once it is
// published stands in Publishing/.
try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, EnableResourceLogging = true });
    var ports = RunPorts.Choose(builder);
    var embedded = builder.RunsEmbedded();
    var placement = new Placement(builder);

    // The catalog job owns the database; the services connect as roles that may do what they do.
    var apiRole = new DatabaseRole("moviesir_api", builder.AddPassword(
        "postgres-api-password", "Password of the role that the API connects to PostgreSQL as.", embedded));
    var inferenceRole = new DatabaseRole("moviesir_inference", builder.AddPassword(
        "postgres-inference-password", "Password of the role that inference connects to PostgreSQL as.", embedded));
    var postgresPassword = builder.AddPassword("postgres-password", "Password of PostgreSQL's owner, whom the catalog job connects as.", embedded);
    var redisPassword = builder.AddPassword("redis-password", "Password of Redis.", embedded);

    var (database, redis) = embedded
        ? builder.AddEmbeddedServers(ports, postgresPassword, redisPassword)
        : builder.AddContainers(ports, postgresPassword, redisPassword);

    // Runs to completion: migrates the database, makes the services' roles, imports the sample catalog if there is none, embeds and trains.
    var catalog = builder.AddProject<Projects.MovieSir_Inference>("catalog", launchProfileName: null)
        .WithOnlyItsReferences()
        .WithArgs("catalog")
        .WithReference(database.Owner)
        .WithRolesToMake(apiRole, inferenceRole)
        .WaitFor(database.Owner);

    var inference = builder.AddProject<Projects.MovieSir_Inference>("inference", launchProfileName: null)
        .WithOnlyItsReferences()
        .WithHttpEndpoint(port: ports[RunPorts.Inference], targetPort: ports[RunPorts.Inference], name: "http", isProxied: false)
        .WithHttpHealthCheck("/health")
        .DisableForwardedHeaders()
        .WithDatabase(database, inferenceRole)
        .WaitForCompletion(catalog);

    var api = builder.AddProject<Projects.MovieSir_Api>("api", launchProfileName: null)
        .WithOnlyItsReferences()
        .WithHttpEndpoint(port: ports[RunPorts.Api], targetPort: ports[RunPorts.Api], name: "http", isProxied: false)
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints()
        .DisableForwardedHeaders() // from anyone; those of the edge are believed by the API's own setting
        .WithDatabase(database, apiRole)
        .WithReference(redis)
        .WithReference(inference)
        .WaitFor(redis)
        .WaitFor(inference);

    placement.Place(apiRole);
    builder.Build().Run();
    return 0;
}
catch (RunException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
