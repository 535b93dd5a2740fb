using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MovieSir.Inference.Encoding;

internal static class EncoderServices
{
    /// <summary>
    /// Adds the process's <see cref="ISentenceEncoder"/>, configured by the section <c>Encoder</c>. It is loaded when first used; a server
    /// adds <see cref="AddSentenceEncoderWarmUp"/>.
    /// </summary>
    public static IServiceCollection AddSentenceEncoder(this IServiceCollection services)
    {
        services.AddOptions<EncoderOptions>().BindConfiguration(EncoderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<EncoderOptions>, EncoderOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EncoderModelLoader>();
        services.AddSingleton<SentenceEncoder>();
        services.AddSingleton<ISentenceEncoder>(provider => provider.GetRequiredService<SentenceEncoder>());
        return services;
    }

    /// <summary>Loads the encoder in the background from the start on, and shows in the health report whether it is there.</summary>
    public static IServiceCollection AddSentenceEncoderWarmUp(this IServiceCollection services)
    {
        services.AddHostedService<EncoderWarmUp>();
        // Recommending works without an encoder: its absence degrades the service, and must not take it out of rotation.
        services.AddHealthChecks().AddCheck<EncoderHealthCheck>("encoder", HealthStatus.Degraded);
        return services;
    }
}
