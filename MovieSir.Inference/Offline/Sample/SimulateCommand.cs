using System.CommandLine;
using MovieSir.Inference.Commands;

namespace MovieSir.Inference.Offline.Sample;

/// <summary><c>simulate</c>: ratings for movies that have none, as a MovieLens folder.</summary>
internal static class SimulateCommand
{
    /// <summary>What the committed sample was made with.</summary>
    public const int SampleViewers = 600;

    /// <inheritdoc cref="SampleViewers"/>
    public const int SampleSeed = 20261122;

    public static Command Create()
    {
        var movies = new Option<FileInfo>("--movies")
        {
            Description = "Movies, one a line in the shape of TMDB's movie-details answer.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine("data", "sample", "movies.jsonl")),
        };
        movies.AcceptExistingOnly();
        var users = new Option<int>("--users")
        {
            Description = "How many viewers to simulate (1-100000).",
            DefaultValueFactory = _ => SampleViewers,
        }.Within(1, 100_000);
        var seed = new Option<int>("--seed")
        {
            Description = "The same movies, viewers and seed give the same ratings.",
            DefaultValueFactory = _ => SampleSeed,
        };
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder to write ratings.csv, movies.csv, links.csv and tags.csv to.",
            Required = true,
        };

        var command = new Command("simulate", "Simulate viewers' ratings of movies, as a MovieLens folder.") { movies, users, seed, folder };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(movies).FullName,
            parsed.GetValue(users),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(folder).FullName,
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string moviesPath, int viewers, int seed, string folder, InvocationConfiguration console)
    {
        try
        {
            var movies = SampleMovie.Read(moviesPath);
            var simulator = new RatingSimulator(movies, seed);
            var ratings = simulator.Ratings(viewers).ToArray();
            MovieLensFolder.Write(folder, movies, ratings, simulator.Tags(ratings));
            console.Output.WriteLine($"{ratings.Length} ratings of {movies.Count} movies by {viewers} simulated viewers (seed {seed}): {folder}");
            return 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
