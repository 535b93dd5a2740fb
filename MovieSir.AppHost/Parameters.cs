using MovieSir.AppHost.Embedded;

namespace MovieSir.AppHost;

internal static class Parameters
{
    private const int Characters = 32;

    /// <summary>
    /// A password that the first run makes and later ones find again. The embedded servers' stand in <c>.moviesir/secrets</c>, beside their data;
    /// those of containers in the AppHost's user secrets.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddPassword(
        this IDistributedApplicationBuilder builder, string name, string description, bool embedded)
    {
        // Letters and digits only: the value travels through connection strings, shells and .env files unquoted.
        var parameter = embedded
            ? builder.AddParameter(name, Secrets.GetOrCreate(builder.PasswordFile(name), Characters), secret: true)
            : builder.AddParameter(name, new GenerateParameterDefault { MinLength = Characters, Special = false }, secret: true, persist: true);
        return parameter.WithDescription(description);
    }

    /// <summary>Where the password of an embedded server is kept.</summary>
    public static string PasswordFile(this IDistributedApplicationBuilder builder, string name) =>
        Path.Combine(builder.MovieSirHome(), "secrets", name);

    /// <summary>What a run makes: <c>MOVIESIR_HOME</c>, by default <c>.moviesir</c> in the checkout.</summary>
    public static string MovieSirHome(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration["MOVIESIR_HOME"] ?? Path.Combine(builder.AppHostDirectory, "..", ".moviesir"));
}
