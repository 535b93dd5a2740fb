using MovieSir.AppHost;
using MovieSir.AppHost.Embedded;
using MovieSir.AppHost.Publishing;

// The system, read as docs/architecture/aspire.md draws it: what there is, what each part needs, and on which node it runs.
var builder = DistributedApplication.CreateBuilder(args);

// Services get ConnectionStrings__NAME and services__NAME__http__0, not also the passwords and ports in pieces.
const ReferenceEnvironmentInjectionFlags References =
    ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery;

// Published with compose, each part runs on the node it names; there is none in a run, nor in azd's manifest.
var nodes = builder.AddNodes();

// The catalog's job owns the database; the services connect as roles that may do what they do.
var apiRole = new DatabaseRole("moviesir_api", builder.AddGeneratedSecret("postgres-api-password"));
var inferenceRole = new DatabaseRole("moviesir_inference", builder.AddGeneratedSecret("postgres-inference-password"));

Database database;
IResourceBuilder<IResourceWithConnectionString> redis;

if (builder.RunsEmbedded(args))
{
    (database, redis) = builder.AddEmbeddedServers();
}
else
{
    var postgresPassword = builder.AddGeneratedSecret("postgres-password");
    var redisPassword = builder.AddGeneratedSecret("redis-password");

    database = Database.Of(builder.AddPostgres("postgres", password: postgresPassword)
        .WithImage("pgvector/pgvector", "0.8.6-pg17")
        .WithEnvironment("POSTGRES_DB", Database.Name)
        .WithDataVolume("moviesir-postgres")
        .PublishOn(nodes.Gpu, ComposeServices.Postgres)
        .AddDatabase("moviesir"));

    redis = builder.AddRedis("redis", password: redisPassword)
        .WithImageTag("8.6.7")
        .WithDurableData("moviesir-redis")
        .PublishOn(nodes.App, ComposeServices.Redis);
}

// Runs to completion: migrates the database, makes the services' roles, imports the sample catalog if there is none, embeds and trains.
var catalog = builder.AddProject<Projects.MovieSir_Inference>("catalog", launchProfileName: null)
    .WithReferenceEnvironment(References)
    .WithArgs("catalog")
    .WithReference(database.Owner)
    .WithRolesToMake(apiRole, inferenceRole)
    .WaitFor(database.Owner)
    .PublishOn(nodes.Gpu, ComposeServices.Catalog);

var inference = builder.AddProject<Projects.MovieSir_Inference>("inference", launchProfileName: null)
    .WithReferenceEnvironment(References)
    .WithHttpEndpoint(port: 8001, targetPort: 8001, name: "http", isProxied: false)
    .WithHttpHealthCheck("/health")
    .DisableForwardedHeaders()
    .WithDatabase(database, inferenceRole)
    .WaitForCompletion(catalog)
    .WithProbes(nodes, port: 8001)
    .PublishOn(nodes.Gpu, ComposeServices.Inference);

var api = builder.AddProject<Projects.MovieSir_Api>("api", launchProfileName: null)
    .WithReferenceEnvironment(References)
    .WithHttpEndpoint(port: 8000, targetPort: 8000, name: "http", isProxied: false)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .DisableForwardedHeaders() // from anyone; those of the edge are believed by the API's own setting
    .WithDatabase(database, apiRole)
    .WithReference(redis)
    .WithReference(inference)
    .WaitFor(redis)
    .WaitFor(inference)
    .WithProbes(nodes, port: 8000)
    .PublishOn(nodes.App, ComposeServices.Api);

api.ReachAcross(nodes, apiRole);
builder.AddEdge(nodes, api);
builder.WriteGpuOverride(nodes);
builder.WriteAddresses(database.Owner, redis, inference, api);

builder.Build().Run();
