namespace MovieSir.AppHost;

/// <summary>What holds for each program of ours in the model.</summary>
internal static class ProjectDefaults
{
    /// <summary>
    /// A service gets <c>ConnectionStrings__NAME</c> and <c>services__NAME__http__0</c> only: Aspire would add host, port, user and password one
    /// by one, so that each secret would stand in three more variables. It speaks HTTP, TLS being the edge's, so no certificate is asked for.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithProjectDefaults(this IResourceBuilder<ProjectResource> service) =>
#pragma warning disable ASPIRECERTIFICATES001 // what has to do with certificates is experimental
        service.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .WithoutHttpsCertificate()
            .DisableForwardedHeaders(); // from anyone; those of the edge are believed by the API's own setting
#pragma warning restore ASPIRECERTIFICATES001
}
