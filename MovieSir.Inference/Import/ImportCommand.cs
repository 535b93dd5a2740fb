using System.CommandLine;
using MovieSir.Inference.Hosting;
using Npgsql;

namespace MovieSir.Inference.Import;

/// <summary>
/// <c>import PATH...</c>, and <c>import films|movielens|tmdb</c> where the kind shall be given. Exit codes: 0 when everything is in the catalogue (rows that
/// were rejected are reported), 1 when a file failed (the others are kept), 2 when there was nothing to import or an argument is wrong, 130 on Ctrl-C.
/// </summary>
internal static class ImportCommand
{
    private const int Failed = 1;
    private const int NothingToImport = 2;

    public static Command Create()
    {
        var options = new ImportCommandOptions();
        var command = new Command("import", "Import films and ratings: MovieLens folders or zips, films as JSON lines, or TMDB itself.")
        {
            Subcommand("films", "Films as JSON lines in the shape of TMDB's movie-details answer, plain or gzipped.", ImportKind.Films, options),
            Subcommand("movielens", "MovieLens folders or zips as published (ml-latest, ml-20m and newer).", ImportKind.MovieLens, options),
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
        var paths = new Argument<string[]>("path") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        command.Add(paths);
        options.AddTo(command, withSource: kind != ImportKind.Films);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(paths), kind, parsed.GetValue(options.Source), options.Read(parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(
        string[] paths, ImportKind kind, string? source, ImportSettings settings, CancellationToken cancellationToken)
    {
        var console = ImportConsole.Standard;
        try
        {
            var jobs = await ImportPlan.CreateAsync(paths, kind, source, cancellationToken);
            using var host = CommandHost.CreateQuietBuilder().Build();
            await host.StartAsync(cancellationToken);
            var importer = new Importer(host.Services.GetRequiredService<NpgsqlDataSource>(), console, TimeProvider.System);
            var outcomes = await importer.ImportAsync(jobs, settings, cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return outcomes.Contains(ImportOutcome.Failed) ? Failed : 0;
        }
        catch (ImportException exception)
        {
            console.WriteLine(exception.Message);
            return NothingToImport;
        }
    }
}
