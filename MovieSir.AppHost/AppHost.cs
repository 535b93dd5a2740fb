using MovieSir.AppHost;
using MovieSir.AppHost.Dashboard;
using MovieSir.AppHost.Embedded;
using MovieSir.AppHost.Run;

// The system, read as docs/architecture/aspire.md draws it: what there is, and what each part needs. On which node a part runs once it is
// published stands in Publishing/.
try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, EnableResourceLogging = true });
    builder.AddRunLogging();
    var ports = RunPorts.Choose(builder);
    var embedded = builder.RunsEmbedded();
    if (embedded)
    {
        builder.RequireDatabasePassword();
    }

    var placement = new Placement(builder);

    // The catalog job owns the database; the services connect as roles that may do what they do.
    var apiRole = new DatabaseRole("moviesir_api", builder.AddPassword(
        "postgres-api-password", "Password of the role that the API connects to PostgreSQL as.", embedded));
    var inferenceRole = new DatabaseRole("moviesir_inference", builder.AddPassword(
        "postgres-inference-password", "Password of the role that inference connects to PostgreSQL as.", embedded));
    var postgresPassword = builder.AddPassword("postgres-password", "Password of PostgreSQL's owner, whom the catalog job connects as.", embedded);
    var redisPassword = builder.AddPassword("redis-password", "Password of Redis.", embedded);
    var travellerKey = builder.AddPassword(
        "traveller-api-key", "Secret that the travellers' app's own API key is derived from.", embedded);

    var database = builder.AddDatabase(ports, embedded, postgresPassword);
    var redis = builder.AddRedis(ports, embedded, redisPassword);

    // Runs to completion: migrates the database, makes the services' roles, imports the sample catalog if there is none, embeds and trains.
    var catalog = builder.AddProject<Projects.MovieSir_Inference>("catalog", launchProfileName: null)
        .WithProjectDefaults()
        .WithArgs("catalog")
        .WithReference(database.Owner)
        .WithRolesToMake(database, apiRole, inferenceRole)
        .WaitFor(database.Owner);

    var inference = builder.AddProject<Projects.MovieSir_Inference>("inference", launchProfileName: null)
        .WithProjectDefaults()
        .WithHttpEndpoint(port: ports[RunPorts.Inference], targetPort: ports[RunPorts.Inference], name: "http", isProxied: false)
        .WithHttpHealthCheck("/health")
        .WithDatabase(database, inferenceRole)
        .WaitForCompletion(catalog);

    var api = builder.AddProject<Projects.MovieSir_Api>("api", launchProfileName: null)
        .WithProjectDefaults()
        .WithHttpEndpoint(port: ports[RunPorts.Api], targetPort: ports[RunPorts.Api], name: "http", isProxied: false)
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints()
        .WithDatabase(database, apiRole)
        .WithReference(redis)
        .WithReference(inference)
        .WithEnvironment("Traveller__ApiKeySecret", travellerKey)
        .WithAppAddress(ports)
        .WaitFor(redis)
        .WaitFor(inference);

    builder.AddMail(ports, api);
    builder.AddEdge(ports, api, embedded);
    placement.Place(apiRole);

    if (builder.ExecutionContext.IsRunMode)
    {
        var addresses = new RunAddresses(database, redis, inference, api, ports);
        builder.AddRunState(addresses);
        var programs = new Programs(builder, addresses);
        catalog.Shown("Library", below: inference).WithCatalogCommands(programs);
        inference.Shown("BrainCircuit").WithPages("Inference", ("Health", "/health"));
        api.Shown("PlugConnected").WithPages("API", ("Swagger", "/swagger"), ("ReDoc", "/redoc"), ("Health", "/health"))
            .WithKeyCommand(programs).WithReplicasOfRun("ApiReplicas");
    }

    builder.Build().Run();
    return 0;
}
catch (RunException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
