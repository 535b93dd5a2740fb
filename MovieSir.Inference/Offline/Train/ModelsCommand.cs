using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Models;
using Npgsql;

namespace MovieSir.Inference.Offline.Train;

/// <summary><c>models list</c> and <c>models publish NAME</c>. Exit codes: 0 when it is done, 1 when it cannot be done.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var list = new Command("list", "Stored model versions, newest first; the published one is marked.");
        list.SetAction((parsed, cancellationToken) => RunAsync(parsed.InvocationConfiguration, ListAsync, cancellationToken));

        var name = new Argument<string>("name") { Description = "As `models list` shows it." };
        var publish = new Command("publish",
            "Serve a stored version, for example the previous one. Serving processes change over by themselves.") { name };
        publish.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.InvocationConfiguration,
            (publisher, console, token) => PublishAsync(publisher, parsed.GetRequiredValue(name), console, token),
            cancellationToken));
        return new Command("models", "The trained models of the database.") { list, publish };
    }

    private static async Task<int> ListAsync(ModelPublisher publisher, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        foreach (var model in await publisher.ListAsync(cancellationToken))
        {
            await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{(model.IsPublished ? '*' : ' ')} {model.Name}  {model.ItemCount:N0} movies x {model.Dimension}  "
                + $"{model.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {TrainingRecord.EncoderOf(model)?.Name ?? "no embeddings"}  {Judgment(model)}"));
        }

        return ExitCodes.Done;
    }

    private static string Judgment(StoredModel model)
    {
        var metrics = JsonNode.Parse(model.Metrics);
        return metrics?["model"]?["ndcg_at_10"]?.GetValue<double>() is { } ndcg
            && metrics["popularity"]?["ndcg_at_10"]?.GetValue<double>() is { } popularity
            ? string.Create(CultureInfo.InvariantCulture, $"nDCG@10 {ndcg:F3} (popularity {popularity:F3})")
            : "not judged";
    }

    private static async Task<int> PublishAsync(
        ModelPublisher publisher, string name, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (await publisher.PublishStoredAsync(name, cancellationToken) is not { } published)
        {
            await console.Error.WriteLineAsync($"There is no model {name}: `models list` shows those there are.");
            return ExitCodes.Failed;
        }

        await console.Output.WriteLineAsync($"{published.Name} is published (revision {published.Revision}).");
        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(
        InvocationConfiguration console,
        Func<ModelPublisher, InvocationConfiguration, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken)
    {
        try
        {
            using var host = CommandHost.CreateBuilder().Build();
            await host.StartAsync(cancellationToken);
            var publisher = new ModelPublisher(host.Services.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System);
            var code = await action(publisher, console, cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return code;
        }
        catch (Exception exception) when (exception is InvalidModelException or OptionsValidationException or NpgsqlException)
        {
            await console.Error.WriteLineAsync(exception is NpgsqlException database ? DatabaseFailure.Explain(database) : exception.Message);
            return ExitCodes.Failed;
        }
    }
}
