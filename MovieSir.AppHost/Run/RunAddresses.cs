namespace MovieSir.AppHost.Run;

/// <summary>
/// Where the parts of a run are, under the names of the variables that the services get: what commands beside it (<c>./moviesir key</c>,
/// <c>import</c>, <c>admin</c>) need to know.
/// </summary>
internal sealed class RunAddresses(
    Database database,
    IResourceBuilder<IResourceWithConnectionString> redis,
    IResourceBuilder<ProjectResource> inference,
    IResourceBuilder<ProjectResource> api,
    RunPorts ports)
{
    private readonly Dictionary<string, IValueProvider> _addresses = new()
    {
        [$"ConnectionStrings__{Database.Name}"] = database.Owner.Resource.ConnectionStringExpression,
        [$"ConnectionStrings__{redis.Resource.Name}"] = redis.Resource.ConnectionStringExpression,
        [$"services__{inference.Resource.Name}__http__0"] = inference.GetEndpoint("http"),
        [$"services__{api.Resource.Name}__http__0"] = api.GetEndpoint("http"),
        [Edge.ConsoleAddressName] = ReferenceExpression.Create($"{Edge.ConsoleAddress(ports)}"), // the link that `admin create` prints begins with it
    };

    public async Task<Dictionary<string, string>> ResolveAsync(CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, string>();
        foreach (var (name, address) in _addresses)
        {
            resolved[name] = await address.GetValueAsync(cancellationToken) ?? "";
        }

        return resolved;
    }
}
