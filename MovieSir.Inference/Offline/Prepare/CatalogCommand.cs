using System.CommandLine;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Learn;
using MovieSir.Inference.Offline.Train;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary><c>catalog</c>: makes a database ready to be served from. Runs to completion at every start; quick when nothing has changed.</summary>
internal static class CatalogCommand
{
    public static Command Create()
    {
        var command = new Command("catalog",
            "Make the catalog ready to serve: migrate, import the sample where there is nothing else, embed, train.");
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    /// <summary>Adds the preparation with its steps, in the order in which they run.</summary>
    public static IServiceCollection AddCatalogPreparation(this IServiceCollection services, ImportConsole console, EmbedProgress progress)
    {
        services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoringOptions();
        services.AddDatabaseRoles();
        services.AddEmbedding();
        services.AddSingleton(console);
        services.AddSingleton(progress);
        services.AddSingleton<IPreparationStep, MigrateStep>();
        services.AddSingleton<IPreparationStep>(provider => provider.GetRequiredService<RolesStep>());
        services.AddSingleton<IPreparationStep, SampleStep>();
        services.AddSingleton<IPreparationStep, EmbedStep>();
        services.AddSingleton(provider => new TrainSettings
        {
            Parameters = new HybridParameters { Scoring = provider.GetRequiredService<IOptions<ScoringOptions>>().Value },
        });
        services.AddSingleton<IPreparationStep, TrainStep>();
        services.AddSingleton<CatalogPreparation>();
        return services;
    }

    private static async Task<int> RunAsync(InvocationConfiguration invocation, CancellationToken cancellationToken)
    {
        var console = ImportConsole.For(invocation);
        var builder = CommandHost.CreateBuilder();
        builder.Services.AddCatalogPreparation(console, new EmbedProgress(invocation.Output, !Console.IsOutputRedirected, TimeProvider.System));
        using var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            await host.Services.GetRequiredService<CatalogPreparation>().RunAsync(cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is PreparationException or OptionsValidationException or NpgsqlException)
        {
            console.WriteLine($"catalog: FAILED. {exception.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("catalog: stopped. What was done is kept: the next start goes on from there.");
            return ExitCodes.Interrupted;
        }
    }
}
