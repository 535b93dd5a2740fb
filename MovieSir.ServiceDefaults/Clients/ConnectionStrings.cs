#if !USE_ASPIRE
using Microsoft.Extensions.Configuration;

namespace MovieSir.ServiceDefaults;

internal static class ConnectionStrings
{
    public static string Require(IConfiguration configuration, string name) => configuration.GetConnectionString(name) is { Length: > 0 } connectionString ? connectionString
        : throw new InvalidOperationException(
            $"No connection string '{name}'. Set the environment variable ConnectionStrings__{name}, or start everything with ./moviesir up.");
}
#endif
