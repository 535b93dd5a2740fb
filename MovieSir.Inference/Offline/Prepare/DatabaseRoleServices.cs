using MovieSir.Data;

namespace MovieSir.Inference.Offline.Prepare;

internal static class DatabaseRoleServices
{
    /// <summary>Adds <see cref="RolesStep"/>, with the passwords from the configuration.</summary>
    public static IServiceCollection AddDatabaseRoles(this IServiceCollection services)
    {
        services.AddOptions<DatabaseRoleOptions>().BindConfiguration(DatabaseRoleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DatabaseRoleStore>();
        services.AddSingleton<RolesStep>();
        return services;
    }
}
