#if !USE_ASPIRE
using Microsoft.Extensions.Configuration;

namespace MovieSir.ServiceDefaults;

internal static class ConnectionStrings
{
    public static string Require(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException(
            $"No connection string '{name}'. Set the environment variable ConnectionStrings__{name}, or start everything with ./moviesir up.");
}
#endif
