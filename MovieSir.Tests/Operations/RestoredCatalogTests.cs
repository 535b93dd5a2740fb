using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MovieSir.Inference.Commands;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Inference.Offline.Prepare;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Encoders;
using MovieSir.Tests.Inference;
using MovieSir.Tests.Inference.Offline.Sample;
using MovieSir.Tests.Inference.Offline.Train;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Operations;

/// <summary>Back up, lose the database, restore: the same rows, and the same movies recommended.</summary>
public sealed class RestoredCatalogTests(TestServers servers) : IDisposable
{
    private const int Best = 10;

    // Ids of TMDB that the sample has and MovieLens' raters know: Parasite is in the first alone.
    private static readonly int[][] Viewers = [[], [862, 585, 12], [238, 680, 550, 13], [496243, 129, 194]];

    private readonly string _backups = Directory.CreateTempSubdirectory("moviesir-backups-").FullName;

    public void Dispose() => Directory.Delete(_backups, recursive: true);

    /// <summary>Of eleven thousand movies where they are at hand, else of the sample.</summary>
    [Fact]
    public Task A_catalog_answers_as_before_it_was_dropped()
    {
        string[] large =
        [
            .. new[] { "tmdb/movies.jsonl", "movielens/ml-latest-small-2015", "movielens/ml-latest-small-2016" }
                .Select(path => Path.Combine(RepositoryPaths.Shared, "data", path)),
        ];
        return AnswersAsBeforeAsync(large.All(Path.Exists) ? large : [SampleData.MoviesPath, SampleData.RatingsFolder]);
    }

    private async Task AnswersAsBeforeAsync(string[] paths)
    {
        await using var server = await servers.StartPostgresAsync();
        await PrepareAsync(server.ConnectionString, paths);
        var script = new OpsScript(_backups).WithDatabase(server.ConnectionString);
        var contents = await ContentsAsync(server.ConnectionString);
        var movies = await BestMoviesAsync(server.ConnectionString);

        var started = Stopwatch.GetTimestamp();
        var (code, output) = await script.RunAsync("backup-database");
        Assert.True(code == 0, output);
        await TestServers.ExecuteAsync(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres" }.ConnectionString,
            "DROP DATABASE moviesir WITH (FORCE)");
        (code, output) = await script.RunAsync("restore-database", "latest");
        Assert.True(code == 0, output);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"Backed up, dropped and restored in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s: "
                + $"{contents.Count} tables, {contents.Values.Sum(table => table.Rows)} rows");

        Assert.Equal(contents, await ContentsAsync(server.ConnectionString));
        Assert.Equal(movies, await BestMoviesAsync(server.ConnectionString));
    }

    /// <summary>Imports, embeds and trains, as the commands do; only the sentence encoder is one that needs no download.</summary>
    private static async Task PrepareAsync(string connectionString, string[] paths)
    {
        await TestServers.MigrateAsync(connectionString);
        var token = TestContext.Current.CancellationToken;
        var output = new StringWriter();
        var console = new ImportConsole(output, isTerminal: false, TimeProvider.System);
        var builder = CommandHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:moviesir"] = connectionString, ["Sample:Path"] = " " });
        builder.Logging.ClearProviders();
        builder.Services.AddCatalogPreparation(console, new EmbedProgress(TextWriter.Null, isTerminal: false, TimeProvider.System));
        builder.Services.UseQuickTraining();
        builder.Services.Replace(ServiceDescriptor.Singleton<ISentenceEncoder>(new FakeEncoder
        {
            Name = "test-encoder",
            Dimension = EngineCatalog.Dimension,
            Vector = VectorOf, // that of EngineHost
        }));
        using var host = builder.Build();
        var rejects = Directory.CreateTempSubdirectory("moviesir-rejects-");
        try
        {
            using var pipes = new PipedInputs();
            var jobs = await ImportPlan.CreateAsync(paths, ImportKind.Any, source: null, pipes, token);
            var importer = new Importer(host.Services.GetRequiredService<NpgsqlDataSource>(), console, TimeProvider.System);
            var outcomes = await importer.ImportAsync(jobs, new ImportSettings { RejectsFolder = rejects.FullName }, token);
            Assert.All(outcomes, outcome => Assert.True(outcome == ImportOutcome.Imported, output.ToString()));
            await host.Services.GetRequiredService<CatalogPreparation>().RunAsync(token);
        }
        finally
        {
            rejects.Delete(recursive: true);
        }
    }

    private static float[] VectorOf(string text)
    {
        var random = new Random(text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character)));
        return [.. Enumerable.Range(0, EngineCatalog.Dimension).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>Of a service that has just started, for each viewer: the best movies with their scores, and the model that they come from.</summary>
    private static async Task<List<string>> BestMoviesAsync(string connectionString)
    {
        await using var engine = await EngineHost.StartAsync(connectionString);
        var answers = new List<string>();
        foreach (var viewer in Viewers)
        {
            var answer = await engine.PostAsync<RankResponse>("/rank", new { user_movie_ids = viewer, k = Best });
            Assert.Equal(Best, answer.Movies.Count);
            var movies = answer.Movies.Select(movie => string.Create(CultureInfo.InvariantCulture, $"{movie.MovieId}={movie.Score:R}"));
            answers.Add($"{answer.ModelVersion}: {string.Join(' ', movies)}");
        }

        Assert.Equal(answers.Count, answers.Distinct().Count()); // the profiles matter, so that the catalog's every part is seen
        return answers;
    }

    /// <summary>Rows and checksum of every table, by other means than the scripts' own.</summary>
    private static async Task<Dictionary<string, (long Rows, string Checksum)>> ContentsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
            connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var contents = new Dictionary<string, (long, string)>();
        foreach (var table in tables)
        {
            await using var read = new NpgsqlCommand(
                $"SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {table} t", connection);
            await using var reader = await read.ExecuteReaderAsync();
            await reader.ReadAsync();
            contents.Add(table, (reader.GetInt64(0), reader.GetString(1)));
        }

        return contents;
    }
}
