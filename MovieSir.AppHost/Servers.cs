using Microsoft.Extensions.Configuration;
using MovieSir.AppHost.Embedded;
using MovieSir.AppHost.Run;

namespace MovieSir.AppHost;

/// <summary>
/// PostgreSQL and Redis: containers in every published model. In a run those of the user, where the settings <c>ConnectionStrings:moviesir</c> and
/// <c>ConnectionStrings:redis</c> name them; else containers where an engine answers, and processes of this machine where none does.
/// </summary>
internal static class Servers
{
    public static Database AddDatabase(
        this IDistributedApplicationBuilder builder, RunPorts ports, bool embedded, IResourceBuilder<ParameterResource> password)
    {
        if (builder.IsGiven(Database.Name))
        {
            return new Database(builder.AddConnectionString(Database.Name), Server: null);
        }

        return embedded ? builder.AddEmbeddedPostgres(ports, password) : builder.AddPostgresContainer(ports, password);
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddRedis(
        this IDistributedApplicationBuilder builder, RunPorts ports, bool embedded, IResourceBuilder<ParameterResource> password)
    {
        if (builder.IsGiven("redis"))
        {
            return builder.AddConnectionString("redis");
        }

        return embedded ? builder.AddEmbeddedRedis(ports, password) : builder.AddRedisContainer(ports, password);
    }

    private static bool IsGiven(this IDistributedApplicationBuilder builder, string name) =>
        builder.ExecutionContext.IsRunMode && builder.Configuration.GetConnectionString(name) is { Length: > 0 };
}
