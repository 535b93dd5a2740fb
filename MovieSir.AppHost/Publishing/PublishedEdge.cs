using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace MovieSir.AppHost.Publishing;

/// <summary>
/// What faces the world on a published app node: nginx with <c>deploy/nginx</c>, and certbot for <c>deploy/ops/renew-certificate</c> to run.
/// The host holds the static sites and the ACME webroot in <c>/var/www</c>, and the certificates in <c>/etc/letsencrypt</c>.
/// </summary>
internal static class PublishedEdge
{
    public static void AddPublishedEdge(this IDistributedApplicationBuilder builder, Nodes nodes, IResourceBuilder<ProjectResource> api)
    {
        if (nodes.App is null)
        {
            return;
        }

        var domain = builder.AddParameter("moviesir-domain");
        var apiEndpoint = api.GetEndpoint("http");

        builder.AddContainer("edge", Edge.Image, Edge.Tag)
            .WithHttpEndpoint(port: 80, targetPort: 80)
            .WithHttpsEndpoint(port: 443, targetPort: 443)
            .WithExternalHttpEndpoints()
            .WithEnvironment("MOVIESIR_DOMAIN", domain)
            // The engine's own DNS, asked again and again: a container that takes another's place has another address, and there may be two.
            .WithEnvironment("MOVIESIR_API_UPSTREAM", ReferenceExpression.Create($"{apiEndpoint.Property(EndpointProperty.HostAndPort)} resolve"))
            .WithEnvironment("MOVIESIR_RESOLVER", "resolver 127.0.0.11 valid=5s ipv6=off;")
            .WithEnvironment("MOVIESIR_CERTIFICATE_DIR", ReferenceExpression.Create($"/etc/letsencrypt/live/{domain}"))
            .WithEnvironment("MOVIESIR_WEB_ROOT", "/var/www")
            .WithEnvironment("MOVIESIR_ACME_ROOT", "/var/www/acme")
            .WithEnvironment("MOVIESIR_HTTP_PORT", "80")
            .WithEnvironment("MOVIESIR_HTTPS_PORT", "443")
            .WithEnvironment("MOVIESIR_LISTEN", "443 ssl")
            .WithEnvironment("MOVIESIR_ACCESS_LOG", "/dev/stdout")
            .PublishOn(nodes.App, Nginx); // it waits for nobody: the sites are served, and calls get 503, while the API is being replaced

        builder.AddContainer("certbot", "certbot/certbot", "v5.7.0")
            .PublishOn(nodes.App, Certbot);
    }

    private static void Nginx(Service service)
    {
        service.Healthcheck = ComposeServices.Check(
            ["CMD-SHELL", "curl -fsS -o /dev/null -H \"Host: $$MOVIESIR_DOMAIN\" http://127.0.0.1/"], startPeriod: "10s");
        service.Tmpfs = ["/tmp", "/etc/nginx/conf.d", "/etc/nginx/run"]; // the rendered template, the pid and buffered bodies
        service.CapAdd = ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"]; // ports 80 and 443, and workers without root
        service.AddVolumes([
            // From deploy/compose/NODE/, where the compose file lies and compose is run.
            Mount("../../nginx/nginx.conf", "/etc/nginx/nginx.conf"),
            Mount("../../nginx/snippets", "/etc/nginx/snippets"),
            Mount("../../nginx/templates", "/etc/nginx/templates"),
            Mount("/var/www", "/var/www"),
            Mount("/etc/letsencrypt", "/etc/letsencrypt"),
        ]);
    }

    private static void Certbot(Service service)
    {
        service.Profiles = ["renewal"]; // nothing to keep running: "docker compose run certbot"
        service.Restart = "no";
        service.Tmpfs = ["/tmp", "/var/lib/letsencrypt", "/var/log/letsencrypt"];
        service.AddVolumes([
            Mount("/var/www/acme", "/var/www/acme", readOnly: false),
            Mount("/etc/letsencrypt", "/etc/letsencrypt", readOnly: false),
        ]);
    }

    private static Volume Mount(string source, string target, bool readOnly = true) =>
        new() { Name = target, Type = "bind", Source = source, Target = target, ReadOnly = readOnly };
}
