using MovieSir.AppHost.Dashboard;
using MovieSir.AppHost.Run;

namespace MovieSir.AppHost;

/// <summary>
/// Where the API's mails go: in a run to MovieSir.MailSink, which shows them on a page and passes none on; published, to the SMTP server that the
/// operator names.
/// </summary>
internal static class Mail
{
    public static void AddMail(this IDistributedApplicationBuilder builder, RunPorts ports, IResourceBuilder<ProjectResource> api)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            api.WithSmtpServer();
            return;
        }

        builder.AddProject<Projects.MovieSir_MailSink>("mail", launchProfileName: null)
            .WithProjectDefaults()
            .WithHttpEndpoint(port: ports[RunPorts.Mail], targetPort: ports[RunPorts.Mail], name: "http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithEnvironment("MailSink__SmtpPort", "" + ports[RunPorts.Smtp])
            .Shown("Mail")
            .WithPages("Mails");
        api.WithEnvironment("Mail__Host", "127.0.0.1").WithEnvironment("Mail__Port", "" + ports[RunPorts.Smtp]);
    }

    private static void WithSmtpServer(this IResourceBuilder<ProjectResource> api)
    {
        var builder = api.ApplicationBuilder;
        api.WithEnvironment("Mail__Host", builder.AddParameter("smtp-host").WithDescription("Name of the SMTP server that mails are sent through."))
            .WithEnvironment("Mail__Port", builder.AddParameter("smtp-port").WithDescription("Its port: 587, or 465 for TLS from the first byte."))
            .WithEnvironment("Mail__User", builder.AddParameter("smtp-user").WithDescription("The user to log in as."))
            .WithEnvironment("Mail__Password", builder.AddParameter("smtp-password", secret: true).WithDescription("The user's password."))
            .WithEnvironment("Mail__Sender", builder.AddParameter("mail-sender").WithDescription("The address that mails come from."));
    }
}
