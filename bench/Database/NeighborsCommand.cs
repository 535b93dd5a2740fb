using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Numerics;
using Npgsql;
using Pgvector;

namespace MovieSir.Bench.Database;

/// <summary>
/// What looking at fewer bytes or fewer movies costs: the nearest movies by exact cosine, by quantized columns, and by pgvector's HNSW index, over
/// the embeddings of a database.
/// </summary>
internal static class NeighborsCommand
{
    private const int Nearest = 100;
    private static readonly int[] SearchLists = [100, 200, 400, 800];
    private static readonly Option<int> Queries = new("--queries")
    {
        Description = "Movies whose neighbors are sought.",
        DefaultValueFactory = _ => 200,
    };

    public static Command Create()
    {
        var command = new Command("neighbors",
            "Recall and time of approximate neighbors against exact ones, over ConnectionStrings__moviesir.") { Queries };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var host = BenchHost.Create();
        await host.StartAsync(cancellationToken);
        var snapshot = await BenchHost.LoadSnapshotAsync(host, cancellationToken);
        var embeddings = snapshot.Embeddings ?? throw new InvalidOperationException("Nothing is embedded: run `embed` first.");
        int[] known = [.. Enumerable.Range(0, snapshot.Count).Where(embeddings.Has)];
        var movies = new Random(7).GetItems(known, parsed.GetValue(Queries));
        var values = new float[known.Length];
        var exact = new HashSet<int>[movies.Length];

        Console.WriteLine($"| {known.Length:N0} embeddings of {embeddings.Dimension} dimensions | recall@{Nearest} | ms a query |");
        Console.WriteLine("|---|---|---|");
        Report("exact, float32", movies, (movie, query) =>
        {
            SimilarityKernel.Dot(embeddings.Vectors, known, embeddings.Vectors.Row(movie), values);
            return exact[query] = [.. TopValues.Select(values, Nearest).Select(place => known[place])];
        }, exact);
        var withoutMemory = new SimilarityCache(new QuantizedMatrix(embeddings.Vectors), bytes: 0);
        Report("int8, nothing kept", movies, (movie, _) => Kept(withoutMemory, known, movie, values), exact);
        Report("int8, columns kept", movies, (movie, _) => Kept(embeddings.Similarity, known, movie, values), exact);

        await using var connection = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        var encoder = host.Services.GetRequiredService<ISentenceEncoder>();
        await using var find = new NpgsqlCommand("SELECT encoder_id FROM catalog.encoders WHERE name = $1",
            connection)
        { Parameters = { new() { Value = encoder.Name } } };
        var encoderId = (short)(await find.ExecuteScalarAsync(cancellationToken))!;
        foreach (var list in SearchLists)
        {
            await using var set = new NpgsqlCommand($"SET hnsw.ef_search = {list}", connection);
            await set.ExecuteNonQueryAsync(cancellationToken);
            // The id is part of the index's condition, which the planner must see.
            await using var search = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
                SELECT movie_id FROM catalog.movie_embeddings WHERE encoder_id = {encoderId}
                ORDER BY embedding::vector({embeddings.Dimension}) <=> $1::vector({embeddings.Dimension}) LIMIT {Nearest}
                """), connection) { Parameters = { new() { Value = new Vector(embeddings.Vectors.Row(0).ToArray()) } } };
            await search.PrepareAsync(cancellationToken);
            Report($"pgvector HNSW, ef_search {list}", movies, (movie, _) =>
            {
                search.Parameters[0].Value = new Vector(embeddings.Vectors.Row(movie).ToArray());
                var found = new HashSet<int>();
                using var reader = search.ExecuteReader();
                while (reader.Read())
                {
                    found.Add(snapshot.RowOf[reader.GetInt32(0)]);
                }

                return found;
            }, exact);
        }

        await host.StopAsync(cancellationToken);
        return 0;
    }

    private static HashSet<int> Kept(SimilarityCache cache, int[] known, int movie, float[] values)
    {
        cache.TopMean(known, [movie], 1, values);
        return [.. TopValues.Select(values, Nearest).Select(place => known[place])];
    }

    private static void Report(string name, int[] movies, Func<int, int, HashSet<int>> find, HashSet<int>[] exact)
    {
        var (found, times) = (0, new double[movies.Length]);
        for (var query = 0; query < movies.Length; query++)
        {
            var start = Stopwatch.GetTimestamp();
            var nearest = find(movies[query], query);
            times[query] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            found += nearest.Count(exact[query].Contains);
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {found / (double)exact.Sum(movies => movies.Count):F3} | {times[times.Length / 2]:F2} |"));
    }
}
