using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Offline.Import.Planning;
using MovieSir.Inference.Offline.Import.Reading;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Import;

/// <summary>One test's database and folder, and the import as its command runs it.</summary>
internal sealed class ImportBench : IAsyncDisposable
{
    private readonly StringWriter _output = new();

    private ImportBench(TestDatabase database)
    {
        Database = database;
        Folder = Directory.CreateTempSubdirectory("moviesir-import-").FullName;
    }

    public TestDatabase Database { get; }

    public string Folder { get; }

    public string RejectsFolder => Path.Combine(Folder, "rejects");

    /// <summary>What a person would have read.</summary>
    public string Output => _output.ToString();

    public ImportConsole Console => new(_output, isTerminal: false, TimeProvider.System);

    public static async Task<ImportBench> CreateAsync(TestServers servers) => new(await servers.CreateDatabaseAsync());

    public Task<IReadOnlyList<ImportOutcome>> ImportAsync(params string[] paths) => ImportAsync(Settings(), paths);

    public async Task<IReadOnlyList<ImportOutcome>> ImportAsync(ImportSettings settings, params string[] paths)
    {
        var token = TestContext.Current.CancellationToken;
        using var pipes = new PipedInputs();
        var jobs = await ImportPlan.CreateAsync(paths, ImportKind.Any, source: null, pipes, token);
        return await new Importer(Database.DataSource, Console, TimeProvider.System).ImportAsync(jobs, settings, token);
    }

    public ImportSettings Settings(bool force = false, bool keepSample = false) =>
        new() { RejectsFolder = RejectsFolder, Force = force, KeepSample = keepSample };

    /// <summary>Imports one file that must succeed.</summary>
    public async Task ImportedAsync(params string[] paths) =>
        Assert.All(await ImportAsync(paths), outcome => Assert.True(outcome == ImportOutcome.Imported, Output));

    /// <summary>Writes a file; the lines end as on Unix.</summary>
    public string Write(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        return path;
    }

    public string WriteBytes(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(string text, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>One movie as a line of JSON, changed by <paramref name="change"/>.</summary>
    public static string Movie(int id, string title, Action<JsonObject>? change = null)
    {
        var movie = new JsonObject
        {
            ["id"] = id,
            ["imdb_id"] = $"tt{id:D7}",
            ["title"] = title,
            ["original_title"] = title,
            ["original_language"] = "en",
            ["overview"] = $"About {title}.",
            ["release_date"] = "1999-03-31",
            ["runtime"] = 100,
            ["genres"] = new JsonArray(new JsonObject { ["id"] = 18, ["name"] = "Drama" }),
            ["vote_average"] = 7.5,
            ["vote_count"] = 1000,
            ["popularity"] = 12.5,
            ["adult"] = false,
            ["keywords"] = new JsonObject { ["keywords"] = new JsonArray(new JsonObject { ["name"] = "train" }) },
            ["watch/providers"] = Offers("KR", "flatrate", (8, "Netflix")),
        };
        change?.Invoke(movie);
        return movie.ToJsonString();
    }

    /// <summary>A movie of the sample catalog.</summary>
    public static string SampleMovie(int id, string title) => Movie(id, title, movie => movie["availability_is_sample"] = true);

    public static JsonObject Offers(string region, string terms, params (int Id, string Name)[] providers) => new()
    {
        ["results"] = new JsonObject
        {
            [region] = new JsonObject
            {
                [terms] = new JsonArray(
                    [.. providers.Select(provider => new JsonObject { ["provider_id"] = provider.Id, ["provider_name"] = provider.Name })]),
            },
        },
    };

    /// <summary>A MovieLens folder of three movies, the third without a TMDB id, and four ratings.</summary>
    public string WriteMovieLens(string name, string[]? ratings = null)
    {
        Write($"{name}/links.csv", "movieId,imdbId,tmdbId", "1,0114709,862", "2,0113497,8844", "3,0113228,");
        Write(
            $"{name}/movies.csv",
            "movieId,title,genres",
            "1,Toy Story (1995),Adventure|Animation|Children|Comedy|Fantasy",
            "2,\"American President, The (1995)\",Sci-Fi|Film-Noir|Musical|IMAX",
            "3,Grumpier Old Men (1995),(no genres listed)");
        Write(
            $"{name}/ratings.csv",
            ["userId,movieId,rating,timestamp", .. ratings ?? ["1,1,4.0,964982703", "1,2,4.5,964981247", "2,1,0.5,964982224", "2,3,3.0,964983815"]]);
        Write($"{name}/tags.csv", "userId,movieId,tag,timestamp", "1,1,pixar,1139045764", "2,1,\"funny, warm\",1139045765");
        return Path.Combine(Folder, name);
    }

    public string Zip(string folder, string name)
    {
        var path = Path.Combine(Folder, name);
        ZipFile.CreateFromDirectory(folder, path, CompressionLevel.Fastest, includeBaseDirectory: true);
        return path;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task<long> CountAsync(string table) => ScalarAsync<long>($"SELECT count(*) FROM catalog.{table}");

    public Task<long> RevisionAsync() => ScalarAsync<long>("SELECT revision FROM catalog.state");

    /// <summary>All rows of a query as text, columns separated by a bar.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field =>
                reader.IsDBNull(field) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{reader.GetValue(field)}"))));
        }

        return [.. rows];
    }

    /// <summary>The rows of the one list of rejects, without its header.</summary>
    public string[] Rejects(string stem) =>
        File.ReadAllLines(Assert.Single(Directory.GetFiles(RejectsFolder, stem + "*.csv")))[1..];

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
