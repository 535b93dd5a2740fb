using System.Net;
using Microsoft.AspNetCore.HostFiltering;

namespace MovieSir.MailSink;

/// <summary>
/// Takes every mail that is sent to it and passes none on. It keeps the newest in memory and shows them to this machine: on a page, and as JSON for
/// tests.
/// </summary>
internal static class MailSinkHost
{
    // Mails hold codes and links. No other site's page reads them, and none of them runs anything.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <param name="args">Settings, as <c>--Section:Name=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Services.AddOptions<MailSinkOptions>().BindConfiguration(MailSinkOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // Whoever makes a browser take our address for another name reads nothing.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["localhost", IPAddress.Loopback.ToString(), "[::1]"]);
        builder.Services.AddHostFiltering(_ => { });
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<MailBox>();
        builder.Services.AddHostedService<SmtpListener>();
        var app = builder.Build();
        app.UseHostFiltering();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return next(context);
        });
        app.MapGet("/health", () => TypedResults.Text("Healthy"));
        app.MapGet("/", (MailBox mails) => Page(MailPages.List(mails.Newest())));
        app.MapGet("/mails/{id:guid}", (Guid id, MailBox mails) => mails.Find(id) is { } mail ? Page(MailPages.One(mail)) : Results.NotFound());
        app.MapGet("/mails/{id:guid}/html", (Guid id, MailBox mails) => mails.Find(id) is { Html: { } html } ? Page(html) : Results.NotFound());
        app.MapGet("/api/mails", (MailBox mails, string? to) => TypedResults.Ok(mails.Newest(to)));
        return app;
    }

    private static IResult Page(string html) => Results.Content(html, "text/html; charset=utf-8");
}
