using System.Reflection;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace MovieSir.AppHost.Publishing;

/// <summary>A machine that a compose file is published for.</summary>
/// <param name="Environment">The compose environment.</param>
/// <param name="PrivateAddress">Where the other node reaches its services; null where there is no other node.</param>
internal sealed record Node(
    IResourceBuilder<DockerComposeEnvironmentResource> Environment,
    IResourceBuilder<ParameterResource>? PrivateAddress = null);

/// <summary>
/// The machines of a compose publish: two, one that is both, or none when the model runs here, or becomes a Helm chart or azd's manifest.
/// </summary>
internal sealed record Nodes(Node? App = null, Node? Gpu = null, bool IsKubernetes = false);

internal static class NodesExtensions
{
    // The dashboard's image has the version of Aspire's packages (Directory.Packages.props).
    private static readonly string DashboardTag = typeof(NodesExtensions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "AspireVersion").Value!;

    /// <summary>
    /// Adds the compose environments of the setting <c>Topology</c>: <c>two-nodes</c> (app-node and gpu-node, the default) or
    /// <c>one-machine</c>; <c>kubernetes</c> publishes a Helm chart instead.
    /// </summary>
    public static Nodes AddNodes(this IDistributedApplicationBuilder builder)
    {
        switch (builder.Configuration["Topology"] ?? "two-nodes")
        {
            case "two-nodes":
                var gpuNodeAddress = builder.AddParameter("gpu-node-address");
                return new Nodes(builder.AddNode("app-node"), builder.AddNode("gpu-node", gpuNodeAddress));
            case "one-machine":
                var machine = builder.AddNode("one-machine");
                return new Nodes(machine, machine);
            case "kubernetes":
                builder.AddKubernetes();
                return new Nodes(IsKubernetes: true); // which places everything itself: there are no nodes to name
            case var other:
                throw new InvalidOperationException($"Topology '{other}' is unknown. Use two-nodes (the default), one-machine or kubernetes.");
        }
    }

    /// <summary>Publishes a resource on a node, its compose service completed by what the model does not say.</summary>
    public static IResourceBuilder<T> PublishOn<T>(this IResourceBuilder<T> resource, Node? node, Action<Service> complete)
        where T : IComputeResource =>
        node is null
            ? resource
            : resource.WithComputeEnvironment(node.Environment).PublishAsDockerComposeService((published, service) =>
            {
                if (node.PrivateAddress is { } address)
                {
                    service.Ports.AddRange(service.Expose.Select(port => $"{address.AsEnvironmentPlaceholder(published)}:{port}:{port}"));
                }

                complete(service);
            });

    /// <summary>
    /// Where the nodes are two machines, a reference cannot reach across: the API gets the same variables with the GPU node's address.
    /// </summary>
    public static void ReachAcross(this IResourceBuilder<ProjectResource> api, Nodes nodes, DatabaseRole role)
    {
        if (nodes.Gpu?.PrivateAddress is not { } address)
        {
            return;
        }

        api.WithEnvironment($"ConnectionStrings__{Database.Name}", role.ConnectionAt(ReferenceExpression.Create($"Host={address};Port=5432")))
            .WithEnvironment("services__inference__http__0", ReferenceExpression.Create($"http://{address}:8001"));
    }

    private static Node AddNode(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? privateAddress = null) => new(
            builder.AddDockerComposeEnvironment(name)
                .WithDashboard(dashboard => dashboard
                    .WithImage("mcr.microsoft.com/dotnet/aspire-dashboard", DashboardTag)
                    .WithHostPort(18888)
                    .PublishAsDockerComposeService((_, service) => ComposeServices.Dashboard(service)))
                .ConfigureComposeFile(ComposeConventions.Apply)
                .ConfigureEnvFile(EnvFile.Describe),
            privateAddress);
}
