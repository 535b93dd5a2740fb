namespace MovieSir.AppHost.Embedded;

/// <summary>A server that runs as a process of this machine, under the name of the container that it stands in for.</summary>
internal sealed class EmbeddedServerResource : ExecutableResource, IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public EmbeddedServerResource(
        string name, string command, string workingDirectory, Func<EndpointReference, ReferenceExpression> connectionString)
        : base(name, command, workingDirectory)
    {
        Endpoint = new EndpointReference(this, EndpointName);
        ConnectionStringExpression = connectionString(Endpoint);
    }

    public EndpointReference Endpoint { get; }

    public ReferenceExpression ConnectionStringExpression { get; }
}
