namespace MovieSir.Inference.Models;

internal static class ScoringServices
{
    /// <summary>Adds <see cref="ScoringOptions"/> from the configuration.</summary>
    public static IServiceCollection AddScoringOptions(this IServiceCollection services)
    {
        services.AddOptions<ScoringOptions>().BindConfiguration(ScoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
