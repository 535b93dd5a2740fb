using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace MovieSir.AppHost.Publishing;

/// <summary>
/// Writes <c>docker-compose.gpu.yaml</c> beside the compose file of the node that has the GPU, because Aspire's compose model has no
/// device reservation.
/// </summary>
internal static class GpuOverride
{
    private const string Content = """
        # Gives the engine an NVIDIA GPU, where INFERENCE_IMAGE was built with -p:OnnxRuntime=Gpu:
        #   docker compose -f docker-compose.yaml -f docker-compose.gpu.yaml up -d
        services:
          catalog:
            deploy: &gpu
              resources:
                reservations:
                  devices:
                    - driver: "nvidia"
                      count: 1
                      capabilities: ["gpu"]
          inference:
            deploy: *gpu

        """;

    public static void WriteGpuOverride(this IDistributedApplicationBuilder builder, Nodes nodes)
    {
        if (nodes.Gpu is not { Environment.Resource: var environment })
        {
            return;
        }

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // the pipeline is experimental
        builder.Pipeline.AddStep(
            "write-gpu-override",
            async context =>
            {
                var output = context.Services.GetRequiredService<IPipelineOutputService>();
                var directory = nodes.Gpu == nodes.App ? output.GetOutputDirectory() : output.GetOutputDirectory(environment);
                await File.WriteAllTextAsync(Path.Combine(directory, "docker-compose.gpu.yaml"), Content, context.CancellationToken);
            },
            dependsOn: $"publish-{environment.Name}",
            requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
    }
}
