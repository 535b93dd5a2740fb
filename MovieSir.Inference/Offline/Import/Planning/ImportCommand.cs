using System.CommandLine;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Inference.Offline.Import.Tmdb;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Planning;

/// <summary>
/// <c>import PATH...</c>, and <c>import movies|movielens|tmdb</c> where the kind shall be given. Exit codes: 0 when everything is in the catalog
/// (rows that were rejected are reported), 1 when a file failed (the others are kept), 2 when there was nothing to import or an argument is wrong,
/// 130 on Ctrl-C.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var options = new ImportCommandOptions();
        var command = new Command("import", "Import movies and ratings: MovieLens folders or zips, movies as JSON, or TMDB itself.")
        {
            Subcommand("movies", "Movies as JSON in the shape of TMDB's movie-details answer: one a line, an array or a document, plain or gzipped.",
                ImportKind.Movies, options),
            Subcommand("movielens", "MovieLens folders or zips as published (ml-latest, ml-20m and newer).", ImportKind.MovieLens, options),
            TmdbCommand.Create(options),
        };
        Configure(command, ImportKind.Any, options);
        return command;
    }

    private static Command Subcommand(string name, string description, ImportKind kind, ImportCommandOptions options)
    {
        var command = new Command(name, description);
        Configure(command, kind, options);
        return command;
    }

    private static void Configure(Command command, ImportKind kind, ImportCommandOptions options)
    {
        var paths = new Argument<string[]>("path") { Description = "Files and folders; - for standard input.", Arity = ArgumentArity.OneOrMore };
        command.Add(paths);
        options.AddTo(command, withSource: kind != ImportKind.Movies);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetRequiredValue(paths), kind, options, cancellationToken));
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string[] paths, ImportKind kind, ImportCommandOptions options, CancellationToken cancellationToken)
    {
        var console = ImportConsole.For(parsed.InvocationConfiguration);
        try
        {
            using var pipes = new PipedInputs();
            var jobs = await ImportPlan.CreateAsync(paths, kind, parsed.GetValue(options.Source), pipes, cancellationToken);
            var builder = CommandHost.CreateBuilder();
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            var importer = new Importer(host.Services.GetRequiredService<NpgsqlDataSource>(), console, TimeProvider.System);
            var outcomes = await importer.ImportAsync(jobs, options.Read(parsed, builder.Configuration), cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return outcomes.Contains(ImportOutcome.Failed) ? ExitCodes.Failed : ExitCodes.Done;
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException)
        {
            console.WriteLine(exception.Message);
            return ExitCodes.NothingToDo;
        }
        catch (OptionsValidationException exception)
        {
            console.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Stopped. Of the file that was being read nothing is kept; the files before it are.");
            return ExitCodes.Interrupted;
        }
    }
}
