using MovieSir.AppHost.Local;

namespace MovieSir.AppHost;

/// <summary>Tells commands beside a running system (<c>./moviesir key</c>, <c>import</c>) where its parts are, as the Local runner does.</summary>
internal static class AddressFile
{
    /// <summary>
    /// Writes connection strings and addresses as shell assignments, under the names that the services get, before <paramref name="api"/> starts.
    /// </summary>
    public static void WriteAddresses(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithConnectionString> redis,
        IResourceBuilder<ProjectResource> inference,
        IResourceBuilder<ProjectResource> api)
    {
        var file = Path.Combine(builder.MovieSirHome(), "run", "environment");
        var addresses = new Dictionary<string, IValueProvider>
        {
            [$"ConnectionStrings__{database.Resource.Name}"] = database.Resource.ConnectionStringExpression,
            [$"ConnectionStrings__{redis.Resource.Name}"] = redis.Resource.ConnectionStringExpression,
            [$"services__{inference.Resource.Name}__http__0"] = inference.GetEndpoint("http"),
            [$"services__{api.Resource.Name}__http__0"] = api.GetEndpoint("http"),
        };

        inference.OnResourceReady(async (_, _, cancellationToken) =>
        {
            var lines = new List<string>();
            foreach (var (name, address) in addresses)
            {
                lines.Add($"{name}='{await address.GetValueAsync(cancellationToken)}'\n");
            }

            if (!OperatingSystem.IsWindows()) // ./moviesir is a POSIX shell script
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                Secrets.WriteForOwnerOnly(file, string.Concat(lines));
            }
        });
    }
}
