using System.CommandLine;
using MovieSir.Api.Documentation;
using MovieSir.Api.Partner;
using MovieSir.Data;
using MovieSir.ServiceDefaults;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Hosting;

internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve the API over HTTP (the default).") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = Build([.. parsed.UnmatchedTokens]);
            await app.RunAsync(cancellationToken);
        });
        return command;
    }

    /// <param name="args">Settings, as <c>--Section:Name=value</c>.</param>
    /// <param name="configureLogging">Changes where logs go.</param>
    internal static WebApplication Build(string[] args, Action<ILoggingBuilder>? configureLogging = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configureLogging?.Invoke(builder.Logging);
        builder.AddServiceDefaults();
        builder.AddHttpConventions();
        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.AddRedis("redis");
        builder.AddEdge();
        builder.AddGracefulShutdown();
        builder.AddPartnerApi();
        builder.AddApiDocumentation();

        var app = builder.Build();
        app.UseEdge();
        app.UseHttpConventions();
        app.UsePartnerDefaults();
        app.MapDefaultEndpoints();
        app.MapPartnerApi();
        app.MapApiDocumentation();
        return app;
    }
}
