using Aspire.Hosting.Kubernetes.Resources;

namespace MovieSir.AppHost.Publishing;

/// <summary>What a published Helm chart needs beyond the model: data that outlives a pod, and probes.</summary>
internal static class Kubernetes
{
    /// <summary>Adds the environment. Volumes are claims: Aspire's default, a folder of the pod, loses the database with it.</summary>
    public static void AddKubernetes(this IDistributedApplicationBuilder builder) =>
        builder.AddKubernetesEnvironment("kubernetes").WithProperties(environment =>
        {
            environment.DefaultStorageType = "pvc";
            environment.DefaultStorageSize = "20Gi";
        });

    /// <summary>Liveness by <c>/alive</c>, which asks nobody else; readiness by <c>/health</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service, Nodes nodes, int port) =>
        !nodes.IsKubernetes ? service : service.PublishAsKubernetesService(published => // elsewhere it would ask for an environment
        {
            var container = published.Workload!.PodTemplate.Spec.Containers.Single();
            container.LivenessProbe = Probe("/alive", port, failures: 3);
            container.ReadinessProbe = Probe("/health", port, failures: 2);
            container.StartupProbe = Probe("/alive", port, failures: 30);
        });

    private static ProbeV1 Probe(string path, int port, int failures) => new()
    {
        HttpGet = new HttpGetActionV1 { Path = path, Port = port, Scheme = "HTTP" },
        PeriodSeconds = 10,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };
}
