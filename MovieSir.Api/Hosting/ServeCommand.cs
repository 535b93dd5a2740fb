using System.CommandLine;
using Microsoft.AspNetCore.OpenApi;
using MovieSir.Api.Accounts;
using MovieSir.Api.Companies;
using MovieSir.Api.Console;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Engine;
using MovieSir.Api.Http;
using MovieSir.Api.Mail;
using MovieSir.Api.Movies;
using MovieSir.Api.Partner;
using MovieSir.Api.Traveller;
using MovieSir.Api.Traveller.FirstNames;
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
        // Nothing is read again while it runs, and a watcher of the content root hears of every file that is written under it.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        configureLogging?.Invoke(builder.Logging);
        builder.AddServiceDefaults();
        builder.AddHttpConventions();
        builder.Services.ConfigureAll<OpenApiOptions>(options => options.AddSchemaTransformer<EnumSchema>());
        builder.AddPostgres("moviesir", source => source.UseMovieSirTypes());
        builder.AddRedis("redis");
        builder.AddEdge();
        builder.AddGracefulShutdown();
        builder.Services.AddMovieSirData();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDependencies();
        builder.AddCompanies();
        builder.AddMovies();
        builder.AddEngine();
        builder.AddMail();
        builder.AddAccounts();
        builder.AddPartner();
        builder.AddTraveller();
        builder.AddConsole();

        var app = builder.Build();
        app.UseGracefulShutdown();
        app.UseHeadAsGet();
        app.UseFirstNames();
        app.UseRouting(); // after the names are the ones that routes have
        app.UseEdge();
        app.UseHttpConventions();
        app.UsePartner();
        app.UseTraveller();
        app.UseConsole();
        app.UseBodyHeaders();
        app.MapDefaultEndpoints();
        app.MapPartner();
        app.MapTraveller();
        app.MapConsole();
        return app;
    }
}
