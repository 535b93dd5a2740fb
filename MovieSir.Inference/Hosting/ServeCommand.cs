using System.CommandLine;
using MovieSir.Inference.Embedding;
using MovieSir.Inference.Encoding;
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

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddHttpConventions();
        builder.AddDatabase();
        builder.Services.AddValidation();
        builder.Services.AddSentenceEncoder().AddSentenceEncoderWarmUp();

        var app = builder.Build();
        app.UseHttpConventions();
        app.MapDefaultEndpoints();
        app.MapEmbed();
        return app;
    }
}
