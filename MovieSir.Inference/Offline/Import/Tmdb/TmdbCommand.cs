using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Tmdb;

/// <summary><c>import tmdb</c>: movies from TMDB's API. Exit codes as those of <c>import</c>; 1 also where single movies failed.</summary>
internal static partial class TmdbCommand
{
    private const int MaxIds = 2_000_000;

    private static readonly Option<string?> Key = new("--tmdb-key")
    {
        Description = "TMDB's API Read Access Token. Better given by the environment variable TMDB_API_KEY: command lines are seen by others.",
    };

    private static readonly Option<string> Language = new("--language") { Description = "Language to ask in.", DefaultValueFactory = _ => "ko-KR" };

    private static readonly Option<string> Region = new("--region")
    {
        Description = "Country whose streaming services are imported.",
        DefaultValueFactory = _ => "KR",
    };

    private static readonly Option<bool> Stubs = new("--stubs")
    {
        Description = "The movies that ratings brought without their facts, and those without a running time.",
    };

    private static readonly Option<FileInfo?> FromIds = new("--from-ids") { Description = "The movies of a file with one TMDB id a line." };

    private static readonly Option<bool> Discover = new("--discover") { Description = "The movies that TMDB has most votes of." };

    private static readonly Option<int> Pages = new("--pages")
    {
        Description = "Pages of 20 movies for --discover (1-500).",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<int> Max = new("--max") { Description = "Movies at most.", DefaultValueFactory = _ => 100_000 };

    private static readonly Option<int> RefreshDays = new("--refresh-days")
    {
        Description = "Movies asked for within this many days are left: an interrupted import goes on where it stopped. --force asks for all.",
        DefaultValueFactory = _ => 7,
    };

    public static Command Create(ImportCommandOptions shared)
    {
        var command = new Command("tmdb", "Movies from TMDB's API, with translations, keywords and where they stream.")
        {
            Key, Language, Region, Stubs, FromIds, Discover, Pages, Max, RefreshDays,
        };
        shared.AddTo(command, withSource: false);
        Language.Validators.Add(result => Require(result, LanguagePattern, "a language such as ko-KR"));
        Region.Validators.Add(result => Require(result, RegionPattern, "a country such as KR"));
        Pages.Within(1, 500);
        Max.Within(1, MaxIds);
        RefreshDays.Within(0, 3650);
        command.Validators.Add(result =>
        {
            bool[] ways = [result.GetValue(Stubs), result.GetValue(FromIds) is not null, result.GetValue(Discover)];
            if (Array.FindAll(ways, chosen => chosen).Length != 1)
            {
                result.AddError("Say which movies: one of --discover, --stubs and --from-ids FILE.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, shared, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ImportCommandOptions shared, CancellationToken cancellationToken)
    {
        var console = ImportConsole.For(parsed.InvocationConfiguration);
        try
        {
            var builder = CommandHost.CreateBuilder();
            builder.Services.AddTmdb(TmdbKey.Parse(parsed.GetValue(Key) ?? builder.Configuration["TMDB_API_KEY"]));
            builder.Services.AddSingleton(console);
            // The console has a line for each retry: no need for its stack.
            builder.Logging.AddFilter<ConsoleLoggerProvider>("Polly", LogLevel.None);
            builder.Logging.AddFilter<ConsoleLoggerProvider>("System.Net.Http", LogLevel.None);
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            var request = new TmdbRequest
            {
                Language = parsed.GetRequiredValue(Language),
                Region = parsed.GetRequiredValue(Region),
                MovieIds = await FindIdsAsync(parsed, host.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken),
                MaxPages = parsed.GetValue(Pages),
                MaxMovies = parsed.GetValue(Max),
                RefreshDays = parsed.GetValue(RefreshDays),
            };
            var complete = await host.Services.GetRequiredService<TmdbImport>()
                .RunAsync(request, shared.Read(parsed, builder.Configuration), cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return complete ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is ImportException or NpgsqlException or OptionsValidationException or IOException
            or UnauthorizedAccessException)
        {
            console.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Stopped. Run the same command again: it goes on from here.");
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<IReadOnlyList<int>?> FindIdsAsync(ParseResult parsed, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(FromIds) is { } file)
        {
            return await ReadIdsAsync(file.FullName, cancellationToken);
        }

        if (!parsed.GetValue(Stubs))
        {
            return null;
        }

        return await new TmdbFetchStore(dataSource).FindStubsAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<int>> ReadIdsAsync(string path, CancellationToken cancellationToken)
    {
        var movieIds = new List<int>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (!int.TryParse(line.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var movieId) || movieId == 0
                || movieIds.Count == MaxIds)
            {
                throw new ImportException(movieIds.Count == MaxIds
                    ? $"{path} holds more than {MaxIds} ids."
                    : $"Line {number} of {path} is not a TMDB id: one positive integer a line is expected.");
            }

            movieIds.Add(movieId);
        }

        return movieIds;
    }

    private static void Require(System.CommandLine.Parsing.OptionResult result, Regex pattern, string what)
    {
        if (result.Tokens is [var token, ..] && !pattern.IsMatch(token.Value))
        {
            result.AddError($"{result.Option.Name} wants {what}, not {token.Value}.");
        }
    }

    [GeneratedRegex("^[a-z]{2}(-[A-Z]{2})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguagePattern { get; }

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RegionPattern { get; }
}
