using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Learn;
using Npgsql;

namespace MovieSir.Inference.Offline.Train;

/// <summary>
/// <c>train</c>: learns a model from the ratings and publishes it. Exit codes: 0 when a model was published or nothing had changed, 1 when it cannot
/// be done, 2 when there is too little data, 3 when the model ranks worse than popularity, 130 on Ctrl-C.
/// </summary>
internal static class TrainCommand
{
    private const int TooLittleData = 2;
    private const int Refused = 3;

    public static Command Create()
    {
        var defaults = new TrainSettings();
        var parameters = new ModelCommandOptions();
        var sources = new Option<string[]>("--source")
        {
            Description = "Name of a rating source; may be repeated. By default all are used.",
            DefaultValueFactory = _ => [],
        };
        var keep = new Option<int>("--keep")
        {
            Description = "Previous versions that are kept to go back to.",
            DefaultValueFactory = _ => defaults.KeepPrevious,
        }.Within(0, 1000);
        var threads = new Option<int>("--threads")
        {
            Description = "Threads to train with; the model does not depend on it.",
            DefaultValueFactory = _ => defaults.DegreeOfParallelism,
        }.Within(1, 1024);
        var force = new Option<bool>("--force") { Description = "Train although nothing has changed, and publish although popularity ranks better." };

        var command = new Command("train",
            "Learn from the ratings what viewers like and how to rank it, judge that on held-out users, and publish it.")
        {
            sources, keep, threads, force,
        };
        parameters.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            scoring => new TrainSettings
            {
                Parameters = parameters.Read(parsed) with { Scoring = scoring },
                Sources = parsed.GetValue(sources) ?? [],
                KeepPrevious = parsed.GetValue(keep),
                DegreeOfParallelism = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Func<ScoringOptions, TrainSettings> settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var builder = CommandHost.CreateBuilder();
            builder.Services.AddSentenceEncoder();
            builder.Services.AddScoringOptions();
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            var scoring = host.Services.GetRequiredService<IOptions<ScoringOptions>>().Value;
            var source = host.Services.GetRequiredService<NpgsqlDataSource>();
            var encoder = host.Services.GetRequiredService<ISentenceEncoder>().NameIfEnabled;
            var job = new TrainJob(source, encoder, new ModelPublisher(source, TimeProvider.System), console.Output.WriteLine);
            var outcome = await job.RunAsync(settings(scoring), cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return outcome switch
            {
                TrainOutcome.Published or TrainOutcome.Unchanged => ExitCodes.Done,
                TrainOutcome.TooLittleData => TooLittleData,
                TrainOutcome.RefusedByQualityGate => Refused,
                _ => ExitCodes.Failed,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Stopped. Nothing was changed.");
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is InvalidModelException or UnknownRatingSourceException or ArithmeticException
            or ValidationException
            or OptionsValidationException or NpgsqlException)
        {
            await console.Error.WriteLineAsync(exception is NpgsqlException database ? DatabaseFailure.Explain(database) : exception.Message);
            return ExitCodes.Failed;
        }
    }
}
