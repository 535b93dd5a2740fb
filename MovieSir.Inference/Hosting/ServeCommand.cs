using System.CommandLine;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Serving.Embed;
using MovieSir.Inference.Serving.Rank;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.Inference.Serving.Rules;
using MovieSir.Inference.Serving.Search;
using MovieSir.Inference.Serving.Similar;
using MovieSir.ServiceDefaults;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Inference.Hosting;

internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve recommendations over HTTP (the default).") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = Build([.. parsed.UnmatchedTokens]);
            await app.RunAsync(cancellationToken);
        });
        return command;
    }

    /// <param name="args">Configuration as command-line arguments.</param>
    /// <param name="configure">What a test replaces.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Nothing is read again while it runs, and a watcher of the content root hears of every file that is written under it.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.AddServiceDefaults();
        builder.AddHttpConventions();
        builder.AddDatabase();
        builder.Services.AddValidation();
        builder.Services.AddSentenceEncoder().AddSentenceEncoderWarmUp();
        builder.Services.AddCatalog();
        builder.Services.AddServing();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHeadAsGet();
        app.UseRouting();
        app.UseHttpConventions();
        app.UseBodyHeaders();
        app.MapDefaultEndpoints();
        app.MapEmbed();
        app.MapRecommend();
        app.MapRank();
        app.MapSearch();
        app.MapSimilar();
        app.MapRules();
        return app;
    }
}
