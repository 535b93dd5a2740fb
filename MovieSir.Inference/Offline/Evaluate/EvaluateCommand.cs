using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MovieSir.Data.Sql;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Evaluate.Rankers;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Inference.Offline.Learn;
using Npgsql;

namespace MovieSir.Inference.Offline.Evaluate;

/// <summary>
/// <c>evaluate</c>: judges ranking methods on users they were not trained on, and prints a table. Exit codes: 0 done, 1 when it cannot be done, 130
/// on Ctrl-C.
/// </summary>
internal static class EvaluateCommand
{
    private const string Database = "database";

    public static Command Create()
    {
        var defaults = new EvaluateSettings { Methods = [.. RankerCatalog.Names] };
        var train = Sets("--train", "MovieLens folders, or names of rating sources in the database, to learn from.");
        train.Required = true;
        var test = Sets("--test", "Folders or sources whose users are judged. Without it the training users are judged in folds.");
        var movies = new Option<string?>("--movies")
        {
            Description = "What is ranked: `database`, or a file of movies as JSON lines. By default the database where a set is read from it, "
                + "or else the folders' movies.csv.",
        };
        var methods = new Option<string[]>("--method")
        {
            Description = "Methods to judge, the first being what others are compared with.",
            AllowMultipleArgumentsPerToken = true,
        };
        methods.AcceptOnlyFromAmong([.. RankerCatalog.Names]);
        var folds = Whole("--folds", "Parts of the training users that are judged in turn.", defaults.Folds, 2, 100);
        var profile = Whole("--profile-length", "Newest movies of the history that rankers are given.", defaults.Protocol.ProfileLength, 1, 10_000);
        var minimum = Whole("--minimum-positives", "Users with fewer are not judged.", defaults.Protocol.MinimumPositives, 2, 10_000);
        var resamples = Whole("--resamples", "Bootstrap resamples of users.", defaults.Resamples, 100, 100_000);
        var seed = Whole("--seed", "The same data and seed give the same table.", defaults.Seed, int.MinValue, int.MaxValue);
        var cold = ColdShare();
        var rated = RatedHistory();
        var shuffle = new Option<bool>("--shuffle-profiles") { Description = "Give profiles in random order: shows what their order is worth." };
        var model = new ModelCommandOptions();
        var folder = new Option<DirectoryInfo?>("--out") { Description = "Folder to write evaluation.md and evaluation.csv to." };

        var command = new Command("evaluate",
            "Judge ranking methods on users they were not trained on: strong generalization in time order, full ranking.")
        {
            train, test, movies, methods, folds, profile, minimum, resamples, seed, rated, shuffle, cold, folder,
        };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Inputs(parsed.GetRequiredValue(train), parsed.GetValue(test) ?? [], parsed.GetValue(movies), parsed.GetValue(folder)),
            scoring => defaults with
            {
                Methods = parsed.GetValue(methods) is { Length: > 0 } chosen ? [.. chosen.Distinct()] : defaults.Methods,
                Parameters = model.Read(parsed) with { Scoring = scoring },
                Protocol = new EvaluationProtocol
                {
                    PositiveThreshold = model.Read(parsed).Ials.PositiveThreshold,
                    ProfileLength = parsed.GetValue(profile),
                    MinimumPositives = parsed.GetValue(minimum),
                    ProfileThreshold = parsed.GetValue(rated),
                },
                Folds = parsed.GetValue(folds),
                Resamples = parsed.GetValue(resamples),
                Seed = parsed.GetValue(seed),
                ColdMovies = parsed.GetValue(cold),
                ShuffleProfiles = parsed.GetValue(shuffle),
            },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static Option<float?> RatedHistory() => new("--rated-history")
    {
        Description = "Make the history of all ratings, as `history` of a request: what was rated at least so much makes the profile, what was rated "
            + "below 3 is disliked. By default it is what the user liked.",
    };

    private static Option<double> ColdShare() => new Option<double>("--cold-movies")
    {
        Description = "Share of the movies that nothing is learned about and that alone are ranked: how movies without ratings fare.",
        DefaultValueFactory = _ => 0,
    }.Within(0, 0.9);

    private static Option<string[]> Sets(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static Option<int> Whole(string name, string description, int value, int least, int most) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => value }.Within(least, most);

    private static async Task<int> RunAsync(
        Inputs inputs, Func<ScoringOptions, EvaluateSettings> settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            using var host = BuildHost(inputs.NeedsDatabase);
            await host.StartAsync(cancellationToken);
            var scoring = host.Services.GetRequiredService<IOptions<ScoringOptions>>().Value;
            var reader = new EvaluationInputReader(
                host.Services.GetService<NpgsqlDataSource>(),
                host.Services.GetService<ISentenceEncoder>()?.NameIfEnabled,
                ImportConsole.For(console));
            var training = await reader.ReadRatingsAsync(inputs.Train, cancellationToken);
            var judged = inputs.Test.Length == 0 ? null : await reader.ReadRatingsAsync(inputs.Test, cancellationToken);
            var movies = inputs.MoviesFile is { } file ? await MovieSources.ReadJsonLinesAsync(file, cancellationToken)
                : await reader.ReadMoviesAsync(inputs.NeedsDatabase, [.. inputs.Train, .. inputs.Test], cancellationToken);
            var report = new EvaluateJob(settings(scoring), console.Output.WriteLine)
                .Run(training, judged, new CandidateMovies(movies), cancellationToken);
            await console.Output.WriteLineAsync();
            await console.Output.WriteAsync(report.Markdown);
            if (inputs.Out is { } folder)
            {
                folder.Create();
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "evaluation.md"), report.Markdown, cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "evaluation.csv"), report.Csv, cancellationToken);
            }

            await host.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is EvaluationException or ImportException or UnknownRatingSourceException or ArithmeticException
            or ValidationException or OptionsValidationException or IOException or UnauthorizedAccessException or NpgsqlException)
        {
            await console.Error.WriteLineAsync(exception is NpgsqlException database ? DatabaseFailure.Explain(database) : exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static IHost BuildHost(bool withDatabase)
    {
        var builder = CommandHost.CreateBuilder(withDatabase);
        builder.Services.AddScoringOptions();
        if (withDatabase)
        {
            builder.Services.AddSentenceEncoder();
        }

        return builder.Build();
    }

    private sealed record Inputs(string[] Train, string[] Test, string? Movies, DirectoryInfo? Out)
    {
        public bool NeedsDatabase => Movies == Database
            || Train.Concat(Test).Any(set => !set.Contains(Path.DirectorySeparatorChar) && !Directory.Exists(set));

        public string? MoviesFile => Movies == Database ? null : Movies;
    }
}
