using MovieSir.AppHost.Dashboard;
using MovieSir.AppHost.Run;

namespace MovieSir.AppHost;

/// <summary>
/// nginx before the API, with the sites of <c>web/</c>: in a run without TLS, as <c>demo.localhost</c>, <c>console.localhost</c> and
/// <c>api.localhost</c>. The sites and routes are those of a deployment (<c>deploy/nginx</c>); <c>Publishing/PublishedEdge.cs</c> is its edge.
/// </summary>
internal static class Edge
{
    public const string Image = "nginx";
    public const string Tag = "1.30.5";

    /// <summary>The variable that tells the API, and its commands, where the console is.</summary>
    public const string ConsoleAddressName = "Console__AppAddress";

    private const int ContainerPort = 8080;

    /// <summary>Where people open the console of a run.</summary>
    public static string ConsoleAddress(RunPorts ports) => "http://console.localhost:" + ports[RunPorts.Edge];

    public static void AddEdge(this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ProjectResource> api, bool embedded)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        if (embedded)
        {
            builder.AddEmbeddedEdge(ports[RunPorts.Edge], api);
        }
        else
        {
            builder.AddEdgeContainer(ports[RunPorts.Edge], api);
        }
    }

    /// <summary>Tells the API where people open the travellers' app and the console: links of mails and shared plans begin with it.</summary>
    public static IResourceBuilder<ProjectResource> WithAppAddress(this IResourceBuilder<ProjectResource> api, RunPorts ports)
    {
        var builder = api.ApplicationBuilder;
        return builder.ExecutionContext.IsRunMode
            ? api.WithEnvironment("Traveller__AppAddress", "http://demo.localhost:" + ports[RunPorts.Edge])
                .WithEnvironment(ConsoleAddressName, ConsoleAddress(ports))
            : api.WithEnvironment("Traveller__AppAddress", builder.AddParameter("app-address")
                .WithDescription("Where people open the travellers' app, for example https://demo.moviesir.cloud"))
                .WithEnvironment(ConsoleAddressName, builder.AddParameter("console-address")
                    .WithDescription("Where companies open the console, for example https://console.moviesir.cloud"));
    }

    private static void AddEmbeddedEdge(this IDistributedApplicationBuilder builder, int port, IResourceBuilder<ProjectResource> api)
    {
        var script = Path.Combine(builder.AppHostDirectory, "Embedded", "embedded-edge");
        var endpoint = api.GetEndpoint("http");
        builder.AddExecutable("edge", script, builder.AppHostDirectory)
            .WithHttpEndpoint(port: port, targetPort: port, name: "http", isProxied: false)
            .WithEnvironment("MOVIESIR_HOME", builder.MovieSirHome())
            .WithEnvironment("MOVIESIR_LISTEN", "127.0.0.1:" + port)
            .WithEnvironment("MOVIESIR_API_UPSTREAM", ReferenceExpression.Create( // by number: in there nobody knows names
                $"{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}"))
            .WithEdgeDefaults(port, api);
    }

    private static void AddEdgeContainer(this IDistributedApplicationBuilder builder, int port, IResourceBuilder<ProjectResource> api)
    {
        var root = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, ".."));
        var nginx = Path.Combine(root, "deploy", "nginx");
        builder.AddContainer("edge", Image, Tag)
            .WithHttpEndpoint(port: port, targetPort: ContainerPort, name: "http")
            .WithBindMount(Path.Combine(nginx, "nginx.conf"), "/etc/nginx/nginx.conf", isReadOnly: true)
            .WithBindMount(Path.Combine(nginx, "snippets"), "/etc/nginx/snippets", isReadOnly: true)
            .WithBindMount(Path.Combine(nginx, "templates", "sites.conf.template"), "/etc/nginx/templates/sites.conf.template", isReadOnly: true)
            .WithBindMount(Path.Combine(nginx, "local", "local.conf.template"), "/etc/nginx/templates/local.conf.template", isReadOnly: true)
            .WithBindMount(BuiltPages(root, "site", "landing"), "/var/www/landing", isReadOnly: true)
            .WithBindMount(BuiltPages(root, "site", "api"), "/var/www/api", isReadOnly: true)
            .WithBindMount(BuiltPages(root, "demo"), "/var/www/demo", isReadOnly: true)
            .WithBindMount(BuiltPages(root, "console"), "/var/www/console", isReadOnly: true)
            .WithContainerRuntimeArgs("--tmpfs", "/etc/nginx/run")
            .WithEnvironment("MOVIESIR_DOMAIN", "localhost")
            .WithEnvironment("MOVIESIR_LISTEN", "" + ContainerPort)
            .WithEnvironment("MOVIESIR_API_UPSTREAM", api.GetEndpoint("http").Property(EndpointProperty.HostAndPort))
            .WithEnvironment("MOVIESIR_RESOLVER", "")
            .WithEnvironment("MOVIESIR_WEB_ROOT", "/var/www")
            .WithEnvironment("MOVIESIR_ACCESS_LOG", "/dev/stdout")
            .WithEdgeDefaults(port, api);
    }

    /// <summary>What <c>web/build</c> has built, or a page that says that it has not.</summary>
    private static string BuiltPages(string root, string pages, string site = "") =>
        Path.Combine(root, "web", pages, "dist", site) is var built && File.Exists(Path.Combine(built, "index.html"))
            ? built
            : Path.Combine(root, "web", "unbuilt");

    private static void WithEdgeDefaults<T>(this IResourceBuilder<T> edge, int port, IResourceBuilder<ProjectResource> api)
        where T : IResourceWithEndpoints, IResourceWithWaitSupport =>
        edge.WithHttpHealthCheck("/").WaitFor(api).Shown("Globe").WithSites(port);
}
