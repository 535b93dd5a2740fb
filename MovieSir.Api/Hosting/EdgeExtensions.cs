using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MovieSir.Api.Http;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Hosting;

/// <summary>Limits of the web server, forwarded headers and CORS.</summary>
internal static class EdgeExtensions
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EdgeOptions>().BindConfiguration(EdgeOptions.Section).ValidateDataAnnotations()
            .Validate(
                edge => edge.TrustedProxies.All(IsAddressOrNetwork),
                "Edge:TrustedProxies holds something that is neither an address nor a network (10.0.0.0/24).")
            .Validate(edge => edge.AllowedOrigins.All(IsOrigin), "Edge:AllowedOrigins holds something that is not an origin (https://example.com).")
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<EdgeOptions>>((kestrel, edge) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = edge.Value.MaxRequestBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(edge.Value.RequestHeadersTimeoutSeconds);
        });
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>((headers, edge) =>
        {
            // The framework believes loopback unless told otherwise; here only what is named is believed.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in edge.Value.TrustedProxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    headers.KnownProxies.Add(address);
                }
                else
                {
                    headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
        });
        builder.Services.AddCors();
    }

    public static void UseEdge(this WebApplication app)
    {
        var edge = app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value;
        if (edge.TrustedProxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.Use((context, next) =>
        {
            // This span starts before forwarded headers are applied. The name is OpenTelemetry's.
            Activity.Current?.SetTag("client.address", ClientAddress.Of(context)?.ToString());
            return next(context);
        });

        if (edge.AllowedOrigins.Length > 0)
        {
            app.UseCors(policy => policy.WithOrigins(edge.AllowedOrigins).AllowAnyHeader().AllowAnyMethod()
                .WithExposedHeaders(HttpConventionsExtensions.RequestIdHeader, "RateLimit", "RateLimit-Policy", "Retry-After"));
        }
    }

    private static bool IsAddressOrNetwork(string proxy) => IPAddress.TryParse(proxy, out _) || System.Net.IPNetwork.TryParse(proxy, out _);

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin;
}
