using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using Npgsql;

namespace MovieSir.Inference.Offline.Embed;

/// <summary>
/// <c>embed</c>: brings the movies' embeddings up to date. Exit codes: 0 when all movies are (what was refused is reported), 1 when it cannot
/// be done, 130 on Ctrl-C.
/// </summary>
internal static class EmbedCommand
{
    private const int RefusedShown = 10;

    public static Command Create()
    {
        var force = new Option<bool>("--force") { Description = "Embed again what has not changed, too." };
        var command = new Command("embed", "Bring the movies' sentence embeddings up to date.") { force };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(force), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool force, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var progress = new EmbedProgress(console.Output, !Console.IsOutputRedirected, TimeProvider.System);
        try
        {
            var builder = CommandHost.CreateBuilder();
            builder.Services.AddEmbedding();
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);

            var started = Stopwatch.GetTimestamp();
            var result = await host.Services.GetRequiredService<EmbedJob>().RunAsync(force, progress, cancellationToken);
            progress.End();
            await console.Output.WriteLineAsync(
                Describe(result, host.Services.GetRequiredService<ISentenceEncoder>(), Stopwatch.GetElapsedTime(started)));
            await host.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            await console.Error.WriteLineAsync("Stopped. What was embedded is kept: run the command again to go on.");
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is EncoderUnavailableException or EmbeddingException or OptionsValidationException
            or NpgsqlException)
        {
            progress.End();
            await console.Error.WriteLineAsync(exception is NpgsqlException database ? DatabaseFailure.Explain(database) : exception.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>What a run did, in a line.</summary>
    internal static string Describe(EmbedResult result, ISentenceEncoder encoder, TimeSpan elapsed)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{encoder.Name}: {result.Embedded:N0} of {result.Movies:N0} movies embedded in {elapsed.TotalSeconds:N1} s, "
            + $"{result.Unchanged:N0} unchanged");
        text += result.WithoutEmbedding > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {result.WithoutEmbedding:N0} without an embedding")
            : "";
        text += result.Refused.Count > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", {result.Refused.Count:N0} refused (movies {string.Join(", ", result.Refused.Take(RefusedShown))}"
                + $"{(result.Refused.Count > RefusedShown ? ", ..." : "")})")
            : "";
        return text + (result.IndexCreated ? "; search index created." : ".");
    }
}
