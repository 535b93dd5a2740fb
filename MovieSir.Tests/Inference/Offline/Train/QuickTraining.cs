using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MovieSir.Inference.Offline.Learn;
using MovieSir.Inference.Offline.Train;

namespace MovieSir.Tests.Inference.Offline.Train;

/// <summary>A training that is as thorough as a test of what surrounds it needs: a tenth of the trees, in one forest instead of three.</summary>
internal static class QuickTraining
{
    public static readonly TrainSettings Settings = new()
    {
        Parameters = new HybridParameters { Forest = new ForestParameters { Bags = 1, Trees = 20 } },
    };

    public static void UseQuickTraining(this IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(Settings));
}
