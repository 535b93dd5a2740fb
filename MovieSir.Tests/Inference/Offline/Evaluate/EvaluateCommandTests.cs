using System.CommandLine;
using MovieSir.Inference.Offline.Evaluate;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Inference.Offline.Evaluate;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluate-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Folders_alone_give_a_table_and_its_csv_and_the_same_again()
    {
        var (train, test) = (WriteFolder("train", 200, 0), WriteFolder("test", 60, 5000));
        string[] arguments =
            ["--train", train, "--test", test, "--dimension", "8", "--resamples", "200", "--method", "popularity", "item-knn", "ials", "ease"];

        Assert.Equal(0, await RunAsync([.. arguments, "--out", Path.Combine(_folder, "first")]));
        Assert.Equal(0, await RunAsync([.. arguments, "--out", Path.Combine(_folder, "second")]));

        var table = await File.ReadAllTextAsync(Path.Combine(_folder, "first", "evaluation.md"));
        Assert.Contains("judged on 60 others (0 who", table);
        Assert.Contains("| iALS fold-in |", table);
        Assert.Equal(table, await File.ReadAllTextAsync(Path.Combine(_folder, "second", "evaluation.md")));
        var csv = await File.ReadAllLinesAsync(Path.Combine(_folder, "first", "evaluation.csv"));
        Assert.Equal("method,metric,mean,low,high,users", csv[0]);
        Assert.Equal(1 + (4 * 6), csv.Length);
        // Two tastes of which popularity knows nothing.
        Assert.True(Mean(csv, "iALS fold-in") > 1.3 * Mean(csv, "popularity"), string.Join('\n', csv));
    }

    [Fact]
    public async Task Users_of_the_training_folder_are_not_judged_again()
    {
        var folder = WriteFolder("train", 80, 0);

        Assert.Equal(1, await RunAsync(["--train", folder, "--test", folder, "--method", "popularity"]));

        Assert.Contains("No user to judge", _error.ToString());
    }

    [Fact]
    public async Task Folds_judge_every_user_once()
    {
        var folder = WriteFolder("train", 90, 0);

        Assert.Equal(0, await RunAsync(["--train", folder, "--folds", "3", "--method", "popularity", "--resamples", "200"]));

        Assert.Contains("judged on 90 of them in 3 folds", _output.ToString());
    }

    [Fact]
    public async Task A_folder_that_is_not_one_of_movielens_is_an_error_that_says_so()
    {
        var folder = WriteFolder("train", 20, 0);
        await File.WriteAllTextAsync(Path.Combine(folder, "ratings.csv"), "a,b\n1,2\n");

        Assert.Equal(1, await RunAsync(["--train", folder]));

        Assert.Contains("ratings.csv", _error.ToString());
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        Assert.Equal(1, await RunAsync(["--train", Path.Combine(_folder, "nowhere")]));

        Assert.Contains("There is no folder", _error.ToString());
        Assert.Contains("nowhere", _error.ToString());
    }

    [Fact]
    public async Task On_real_ratings_ials_beats_item_knn_and_popularity_both_ways()
    {
        var generations = new[] { "2015", "2016" }.Select(
            year => Path.Combine(RepositoryPaths.Shared, "data", "movielens", $"ml-latest-small-{year}")).ToArray();
        Assert.SkipUnless(generations.All(Directory.Exists), $"No MovieLens folders in {RepositoryPaths.Shared}.");
        foreach (var (train, test) in new[] { (generations[0], generations[1]), (generations[1], generations[0]) })
        {
            var results = Path.Combine(_folder, Path.GetFileName(test));

            Assert.Equal(0, await RunAsync(
                ["--train", train, "--test", test, "--method", "popularity", "item-knn", "ials-recency", "--out", results]));

            var csv = await File.ReadAllLinesAsync(Path.Combine(results, "evaluation.csv"));
            var (popularity, itemKnn, ials) = (Mean(csv, "popularity"), Mean(csv, "item-kNN, cosine, shrink 20"), Mean(csv, "iALS fold-in, recency"));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{Path.GetFileName(test)}: nDCG@10 popularity {popularity:F3}, item-kNN {itemKnn:F3}, iALS {ials:F3}");
            Assert.True(ials > itemKnn && itemKnn > popularity, $"{popularity} {itemKnn} {ials}");
            Assert.True(ials > 0.1, $"{ials}");
        }
    }

    private static double Mean(string[] csv, string method) =>
        double.Parse(csv.Single(line => line.StartsWith($"\"{method}\",nDCG@10,", StringComparison.Ordinal)).Split("nDCG@10,")[1].Split(',')[0],
            System.Globalization.CultureInfo.InvariantCulture);

    private Task<int> RunAsync(string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = _output, Error = _error };
        return EvaluateCommand.Create().Parse(arguments).InvokeAsync(configuration, TestContext.Current.CancellationToken);
    }

    /// <summary>A MovieLens folder of viewers of two tastes.</summary>
    private string WriteFolder(string name, int users, int seed)
    {
        const int MoviesPerTaste = 60;
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var movies = Enumerable.Range(1, 2 * MoviesPerTaste).ToArray();
        File.WriteAllLines(Path.Combine(folder, "links.csv"),
            ["movieId,imdbId,tmdbId", .. movies.Select(movie => $"{movie},{movie},{movie + 1000}")]);
        File.WriteAllLines(Path.Combine(folder, "movies.csv"), ["movieId,title,genres",
            .. movies.Select(movie => $"{movie},\"Movie, The {movie} (1999)\",{(movie % 2 == 0 ? "Drama" : "Comedy|War")}")]);
        var random = new Random(seed);
        var lines = new List<string> { "userId,movieId,rating,timestamp" };
        for (var user = 1; user <= users; user++)
        {
            var order = Enumerable.Range(1, MoviesPerTaste).OrderBy(_ => random.Next()).Take(25);
            lines.AddRange(order.Select((movie, place) =>
                $"{user},{movie + (user % 2 * MoviesPerTaste)},{(random.Next(4) == 0 ? "2.5" : "4.5")},{seed + (user * 100) + place}"));
        }

        File.WriteAllLines(Path.Combine(folder, "ratings.csv"), lines);
        return folder;
    }
}
