using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MovieSir.ServiceDefaults.Http;
using MovieSir.ServiceDefaults.InferenceContract;
using Npgsql;

namespace MovieSir.Bench.Database;

/// <summary>How often a running service finds the best-known movies by their own titles.</summary>
internal static class TitlesCommand
{
    private const int Places = 5;

    private static readonly Option<string> Inference = new("--inference") { Description = "Address of the inference service.", Required = true };
    private static readonly Option<int> Titles = new("--titles")
    {
        Description = "Movies that are looked for: those with the most votes.",
        DefaultValueFactory = _ => 150,
    };

    public static Command Create()
    {
        var command = new Command("titles", "Search by the titles of the best-known movies of ConnectionStrings__moviesir.") { Inference, Titles };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var host = BenchHost.Create();
        var source = host.Services.GetRequiredService<NpgsqlDataSource>();
        using var client = new HttpClient { BaseAddress = new Uri(parsed.GetRequiredValue(Inference)) };
        var english = await ReadAsync(source, "title", parsed.GetValue(Titles), cancellationToken);
        var korean = await ReadAsync(source, "title_ko", parsed.GetValue(Titles), cancellationToken);

        Console.WriteLine($"| query | movies | first | among {Places} |");
        Console.WriteLine("|---|---|---|---|");
        await ReportAsync(client, "English title, as written", english, cancellationToken);
        await ReportAsync(client, "English title, in lower case", [.. english.Select(movie => (movie.MovieId, movie.Title.ToLowerInvariant()))],
            cancellationToken);
        await ReportAsync(client, "Korean title", korean, cancellationToken);
        return 0;
    }

    private static async Task<List<(int MovieId, string Title)>> ReadAsync(NpgsqlDataSource source, string column, int count,
        CancellationToken cancellationToken)
    {
        // A title that is the same in both languages says nothing of either.
        await using var command = source.CreateCommand($"""
            SELECT movie_id, {column} FROM catalog.movies
            WHERE {column} IS NOT NULL AND title IS DISTINCT FROM title_ko ORDER BY vote_count DESC, movie_id LIMIT $1
            """);
        command.Parameters.Add(new() { Value = count });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var movies = new List<(int, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            movies.Add((reader.GetInt32(0), reader.GetString(1)));
        }

        return movies;
    }

    private static async Task ReportAsync(
        HttpClient client, string name, List<(int MovieId, string Title)> movies, CancellationToken cancellationToken)
    {
        var json = new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web);
        HttpConventionsExtensions.Configure(json);
        int first = 0, among = 0;
        foreach (var (movieId, title) in movies)
        {
            using var response = await client.PostAsJsonAsync("/search", new SearchRequest { Query = title, K = Places }, json, cancellationToken);
            var found = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SearchResponse>(json, cancellationToken))!.Movies;
            var place = found.Select(movie => movie.MovieId).ToList().IndexOf(movieId);
            first += place == 0 ? 1 : 0;
            among += place >= 0 ? 1 : 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {movies.Count} | {(double)first / movies.Count:F2} | {(double)among / movies.Count:F2} |"));
    }
}
