using Microsoft.Extensions.Configuration;
using MovieSir.AppHost.Dashboard;
using MovieSir.AppHost.Run;

namespace MovieSir.AppHost;

/// <summary>PostgreSQL and Redis as containers: in every published model, and in a run where a container engine answers.</summary>
internal static class Containers
{
    // A run's containers outlive it, so that the next one starts in a moment.
    public static Database AddPostgresContainer(
        this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ParameterResource> password)
    {
        var postgres = builder.AddPostgres("postgres", password: password, port: ports.OfContainer(RunPorts.Postgres))
            .WithImage("pgvector/pgvector", "0.8.6-pg17")
            .WithEnvironment("POSTGRES_DB", Database.Name)
            .WithDataVolume("moviesir-postgres")
            .WithLifetime(ContainerLifetime.Persistent)
            .Shown("Database");
        if (builder.WantsTools())
        {
            postgres.WithPgWeb();
        }

        return Database.Of(postgres.AddDatabase(Database.Name));
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddRedisContainer(
        this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ParameterResource> password)
    {
        var redis = builder.AddRedis("redis", port: ports.OfContainer(RunPorts.Redis), password: password)
            .WithImageTag("8.6.7")
            .WithDurableData("moviesir-redis")
            .WithLifetime(ContainerLifetime.Persistent)
            .Shown("Flash");
        return builder.WantsTools() ? redis.WithRedisInsight() : redis;
    }

    // Pages to look into PostgreSQL and Redis with, in containers of their own.
    private static bool WantsTools(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue<bool>("Tools");

    /// <summary>
    /// Keeps Redis' data in a named volume, every write appended to a log that is flushed each second: the usage stream is money.
    /// </summary>
    private static IResourceBuilder<RedisResource> WithDurableData(this IResourceBuilder<RedisResource> redis, string volumeName)
    {
        string[] options = ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory", "1gb", "--maxmemory-policy", "noeviction"];

        return redis.WithVolume(volumeName, "/data").WithArgs(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
            {
                // Published, redis-server's command line is one argument, that of sh -c. It takes the shell's place, so that it hears SIGTERM.
                context.Args[^1] = $"exec {context.Args[^1]} {string.Join(' ', options)}";
            }
            else
            {
                foreach (var option in options)
                {
                    context.Args.Add(option);
                }
            }
        });
    }
}
