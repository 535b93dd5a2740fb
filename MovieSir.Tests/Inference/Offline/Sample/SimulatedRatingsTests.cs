using System.CommandLine;
using System.Globalization;
using MovieSir.Inference.Offline.Sample;

namespace MovieSir.Tests.Inference.Offline.Sample;

/// <summary>The committed ratings come from the committed simulator, and hold what a recommender is to find in them.</summary>
public sealed class SimulatedRatingsTests : IDisposable
{
    private static readonly IReadOnlyList<SampleMovie> Movies = SampleMovie.Read(SampleData.MoviesPath);
    private static readonly SimulatedRating[] Ratings =
        [.. new RatingSimulator(Movies, SimulateCommand.SampleSeed).Ratings(SimulateCommand.SampleViewers)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moviesir-sample-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Simulating_again_gives_the_committed_files_byte_for_byte()
    {
        var exitCode = await SimulateCommand.Create()
            .Parse(["--movies", SampleData.MoviesPath, "--out", _folder.FullName])
            .InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null }, TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            Directory.GetFiles(SampleData.RatingsFolder).Select(Path.GetFileName).Order(),
            _folder.GetFiles().Select(file => file.Name).Order());
        Assert.All(_folder.GetFiles(), file => Assert.True(
            File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(SampleData.RatingsFolder, file.Name))),
            $"{file.Name} differs: after a change to the movies or the simulator, run the command in data/sample/README.md."));
    }

    [Fact]
    public void Another_seed_gives_other_ratings() =>
        Assert.NotEqual(Ratings, new RatingSimulator(Movies, SimulateCommand.SampleSeed + 1).Ratings(SimulateCommand.SampleViewers));

    [Fact]
    public void A_viewer_is_the_same_among_few_viewers_and_among_many() =>
        Assert.Equal(Ratings.Where(rating => rating.ViewerId <= 7), new RatingSimulator(Movies, SimulateCommand.SampleSeed).Ratings(7));

    [Fact]
    public void Every_rating_is_a_half_star_of_a_known_movie_once_per_viewer_after_release_and_in_order()
    {
        var released = Movies.ToDictionary(
            movie => movie.MovieId, movie => new DateTimeOffset(movie.ReleaseDate, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds());
        Assert.All(Ratings, rating =>
        {
            Assert.InRange(rating.Stars, 0.5, 5);
            Assert.Equal(rating.Stars * 2, Math.Round(rating.Stars * 2));
            Assert.True(rating.UnixSeconds >= released[rating.MovieId], $"movie {rating.MovieId} is rated before its release");
        });
        Assert.Equal(Ratings.Length, Ratings.Select(rating => (rating.ViewerId, rating.MovieId)).Distinct().Count());
        Assert.All(Ratings.GroupBy(rating => rating.ViewerId), ofViewer =>
            Assert.Equal(ofViewer.Select(rating => rating.UnixSeconds).Order(), ofViewer.Select(rating => rating.UnixSeconds)));
    }

    [Fact]
    public void Few_movies_and_few_viewers_have_most_of_the_ratings()
    {
        Assert.InRange(Ratings.Length, 30_000, 40_000);
        Assert.Equal(Movies.Count, Ratings.Select(rating => rating.MovieId).Distinct().Count());
        Assert.InRange(ShareOfTopTenth(Ratings.GroupBy(rating => rating.MovieId)), 0.25, 0.5);
        Assert.InRange(ShareOfTopTenth(Ratings.GroupBy(rating => rating.ViewerId)), 0.25, 0.6);
        Assert.InRange(Ratings.Average(rating => rating.Stars), 3.3, 3.8);
        Assert.InRange(Ratings.Count(rating => rating.Stars >= 4) / (double)Ratings.Length, 0.3, 0.55);
    }

    [Fact]
    public void Movies_of_one_taste_are_liked_by_the_same_viewers()
    {
        var alike = MeanCosine(likers: Likers(), overlap => overlap >= 0.5);
        var unlike = MeanCosine(likers: Likers(), overlap => overlap == 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"mean cosine: {alike:0.000} with half the genres in common, {unlike:0.000} with none");
        Assert.True(alike > 1.4 * unlike, $"{alike:0.000} against {unlike:0.000}");
    }

    [Fact]
    public void Taste_beats_popularity_for_viewers_held_out()
    {
        var likers = Likers(rating => rating.ViewerId % 5 != 0);
        var byPopularity = likers.OrderByDescending(movie => movie.Value.Count).ThenBy(movie => movie.Key).Select(movie => movie.Key).ToArray();
        var hits = (Popularity: 0, Neighbors: 0);
        foreach (var ofViewer in Ratings.Where(rating => rating.ViewerId % 5 == 0 && rating.Stars >= 4).GroupBy(rating => rating.ViewerId)
            .Where(of => of.Count() >= 10))
        {
            var liked = ofViewer.Select(rating => rating.MovieId).ToArray();
            var cut = liked.Length * 4 / 5;
            var history = liked[..cut];
            var targets = liked[cut..].ToHashSet();
            var candidates = byPopularity.Except(history).ToArray();
            hits.Popularity += candidates.Take(10).Count(targets.Contains);
            hits.Neighbors += candidates.OrderByDescending(
                movie => history.Sum(seen => likers.TryGetValue(seen, out var who) ? Cosine(likers[movie], who) : 0))
                .Take(10).Count(targets.Contains);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"hits in the first ten: {hits.Popularity} by popularity, {hits.Neighbors} by item neighbors");
        Assert.True(hits.Neighbors > 1.3 * hits.Popularity, $"{hits.Neighbors} against {hits.Popularity}");
    }

    [Fact]
    public async Task A_broken_movie_is_refused_by_line_and_nothing_is_written()
    {
        var movies = Path.Combine(_folder.FullName, "movies.jsonl");
        var first = File.ReadLines(SampleData.MoviesPath).First();
        await File.WriteAllTextAsync(
            movies, $$"""{{first}}{{"\n"}}{"id": 1, "title": "without the rest"}{{"\n"}}""", TestContext.Current.CancellationToken);
        var (exitCode, error) = await Run(["--movies", movies, "--out", Path.Combine(_folder.FullName, "out")]);

        Assert.Equal(1, exitCode);
        Assert.Contains("movies.jsonl, line 2", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "out")));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    [InlineData("many")]
    public async Task A_number_of_viewers_out_of_range_is_refused(string users)
    {
        var (exitCode, error) = await Run(["--movies", SampleData.MoviesPath, "--out", Path.Combine(_folder.FullName, "out"), "--users", users]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("--users", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "out")));
    }

    [Fact]
    public void Titles_with_commas_and_years_are_written_as_MovieLens_writes_them()
    {
        var lines = File.ReadAllLines(Path.Combine(SampleData.RatingsFolder, "movies.csv"));
        Assert.Equal("movieId,title,genres", lines[0]);
        Assert.Equal(Movies.Count + 1, lines.Length);
        Assert.Contains("15067,\"The Good, the Bad, the Weird (2008)\",Action|Adventure|Western|Comedy", lines);

        var rating = File.ReadLines(Path.Combine(SampleData.RatingsFolder, "ratings.csv")).ElementAt(1).Split(',');
        Assert.Equal(Ratings[0].Stars.ToString("0.0", CultureInfo.InvariantCulture), rating[2]);
        Assert.Contains("862,0114709,862", File.ReadLines(Path.Combine(SampleData.RatingsFolder, "links.csv")));
    }

    private static async Task<(int ExitCode, string Error)> Run(string[] args)
    {
        await using var error = new StringWriter();
        var exitCode = await SimulateCommand.Create().Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = error }, TestContext.Current.CancellationToken);
        return (exitCode, error.ToString());
    }

    private static double ShareOfTopTenth<TKey>(IEnumerable<IGrouping<TKey, SimulatedRating>> groups)
    {
        var counts = groups.Select(group => group.Count()).OrderDescending().ToArray();
        return counts.Take(counts.Length / 10).Sum() / (double)counts.Sum();
    }

    private static Dictionary<int, HashSet<int>> Likers(Func<SimulatedRating, bool>? among = null) => Ratings
        .Where(rating => rating.Stars >= 4 && (among?.Invoke(rating) ?? true))
        .GroupBy(rating => rating.MovieId)
        .ToDictionary(ofMovie => ofMovie.Key, ofMovie => ofMovie.Select(rating => rating.ViewerId).ToHashSet());

    /// <summary>Over pairs of movies, each with ten likers or more, whose genres overlap as asked (Jaccard).</summary>
    private static double MeanCosine(Dictionary<int, HashSet<int>> likers, Func<double, bool> overlaps)
    {
        var movies = Movies.Where(movie => likers.TryGetValue(movie.MovieId, out var who) && who.Count >= 10).ToArray();
        var pairs = from i in Enumerable.Range(0, movies.Length)
                    from j in Enumerable.Range(0, i)
                    let common = movies[i].Genres.Intersect(movies[j].Genres).Count()
                    where overlaps(common / (double)(movies[i].Genres.Count + movies[j].Genres.Count - common))
                    select Cosine(likers[movies[i].MovieId], likers[movies[j].MovieId]);
        return pairs.Average();
    }

    private static double Cosine(HashSet<int> one, HashSet<int> other) => one.Count(other.Contains) / Math.Sqrt((double)one.Count * other.Count);
}
