namespace MovieSir.Api.Dependencies;

internal static class DependenciesExtensions
{
    public static void AddDependencies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DependencyOptions>().BindConfiguration(DependencyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Outages>();
    }
}
