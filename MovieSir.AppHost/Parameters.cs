using MovieSir.AppHost.Embedded;
using MovieSir.AppHost.Run;

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

    /// <summary>A new password would not open what the old one closed.</summary>
    /// <exception cref="RunException">The embedded database is there and its password is not.</exception>
    public static void RequireDatabasePassword(this IDistributedApplicationBuilder builder)
    {
        var data = Path.Combine(builder.MovieSirHome(), "postgres");
        var file = builder.PasswordFile("postgres-password");
        if (Directory.Exists(Path.Combine(data, "cluster")) && !File.Exists(file))
        {
            throw new RunException($"The password of the database in {data} is missing. Put {file} back, or remove {data} to start over.");
        }
    }

    /// <summary>Where the password of an embedded server is kept.</summary>
    public static string PasswordFile(this IDistributedApplicationBuilder builder, string name) =>
        Path.Combine(builder.MovieSirHome(), "secrets", name);
}
