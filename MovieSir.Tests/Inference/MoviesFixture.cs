using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.ObjectPool;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Encoding;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Datasets;
using MovieSir.Inference.Offline.Embed;
using MovieSir.Inference.Offline.Learn;
using MovieSir.Inference.Offline.Train;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Offline.Import;
using MovieSir.Tests.Infrastructure;
using Npgsql;

namespace MovieSir.Tests.Inference;

/// <summary>
/// The service on a catalog of movies as they are: imported, trained on one set of users as the commands do it, and asked by another. Only the
/// encoder is a stand-in, a bag of words, for the default one takes half a minute over these movies.
/// </summary>
public abstract class MoviesFixture(TestServers servers, string movies, string training, string viewers) : IAsyncLifetime
{
    private ImportBench? _import;
    private EngineHost? _host;
    private EngineHost? _noiseFree;

    /// <summary>The service as it is configured by default. Skips the test where the data is not there.</summary>
    internal EngineHost Host
    {
        get
        {
            SkipUnlessPresent();
            return _host!;
        }
    }

    /// <summary>The same catalog served without noise: its sets are the optimum that variety is measured against.</summary>
    internal EngineHost NoiseFree
    {
        get
        {
            SkipUnlessPresent();
            return _noiseFree!;
        }
    }

    /// <summary>What the last call of <see cref="NoiseFree"/> chose from.</summary>
    internal CandidateRecorder Recorder { get; } = new();

    internal IReadOnlyList<RecordedViewer> Viewers { get; private set; } = [];

    private bool IsPresent => File.Exists(movies) && Directory.Exists(training) && Directory.Exists(viewers);

    public async ValueTask InitializeAsync()
    {
        if (!IsPresent)
        {
            return;
        }

        var token = TestContext.Current.CancellationToken;
        Viewers = RecordedViewer.Read(viewers);
        _import = await ImportBench.CreateAsync(servers);
        await _import.ImportedAsync(movies);
        await _import.ImportedAsync(training);
        var source = _import.Database.DataSource;
        var encoder = new WordEncoder();
        var store = new EmbeddingStore(source);
        await new EmbedJob(encoder, store, NullLogger<EmbedJob>.Instance).RunAsync(force: false, new Progress<EmbedStatus>(), token);
        await PublishAsync(source, token);
        _host = await EngineHost.StartAsync(_import.Database.ConnectionString, encoder: encoder);
        _noiseFree = await EngineHost.StartAsync(
            _import.Database.ConnectionString,
            encoder: encoder,
            configure: services => services.Replace(ServiceDescriptor.Singleton<ObjectPool<RecommendScratch>>(Recorder)),
            settings: "--TimeFit:NoiseBound=0");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { _host, _noiseFree })
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }
        }

        if (_import is not null)
        {
            await _import.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A request as a viewer of this catalog might make it, drawn by <paramref name="random"/>.</summary>
    internal RecommendRequest Request(Random random, int minutes, bool filtered = true)
    {
        var genres = Host.Catalog.Snapshot.Genres.Entries;
        var otts = Host.Catalog.Snapshot.Providers.Entries;
        var viewer = Viewers[random.Next(Viewers.Count)];
        return new RecommendRequest
        {
            UserMovieIds = viewer.Profile(random.Next(1, 21), random),
            NegativeMovieIds = random.Next(3) == 0 ? viewer.Disliked : [],
            AvailableTime = minutes,
            PreferredGenres = filtered && random.Next(5) < 3
                ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => genres[random.Next(genres.Count)].NameEn).Distinct()]
                : null,
            PreferredOtts = filtered && random.Next(2) == 0
                ? [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => otts[random.Next(otts.Count)].NameEn).Distinct()]
                : null,
        };
    }

    /// <summary>What a track of a request chooses from: of the movies of a series the best, its scores without noise.</summary>
    internal async Task<MovieChoice> ChoiceAsync(RecommendRequest request, Track track, int[] excluded)
    {
        var series = Host.Catalog.Snapshot.Series;
        var candidates = await Recorder.CandidatesAsync(NoiseFree, request, track, excluded);
        return new MovieChoice(
            request.AvailableTime!.Value,
            [.. candidates.GroupBy(movie => series[movie.Row.Index] < 0 ? ~movie.Row.Index : series[movie.Row.Index])
                .Select(movies => movies.MaxBy(movie => movie.Score))]);
    }

    private static async Task PublishAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var parameters = new IalsParameters { Dimension = 32 };
        var ratings = await new RatingStore(source).ReadAsync([], parameters.PositiveThreshold, cancellationToken);
        var positives = PositiveMatrix.From(ratings, parameters.PositiveThreshold);
        await new ModelPublisher(source, TimeProvider.System).PublishAsync(
            new TrainedModel
            {
                Algorithm = "ials",
                Dimension = parameters.Dimension,
                MovieIds = positives.MovieIds,
                Factors = new IalsTrainer(parameters, Environment.ProcessorCount).Train(positives, cancellationToken: cancellationToken).ItemFactors,
                Hyperparameters = parameters.ToJson(),
                Metrics = "{}",
            },
            keepPrevious: 1,
            cancellationToken);
    }

    private void SkipUnlessPresent() => Assert.SkipUnless(IsPresent, $"{movies}, {training} and {viewers} are not all there.");
}

/// <summary>The real movies and MovieLens users beside the checkout: trained on one generation, asked by the other.</summary>
public sealed class RealMoviesFixture(TestServers servers) : MoviesFixture(
    servers,
    Path.Combine(RepositoryPaths.Shared, "data", "tmdb", "movies.jsonl"),
    Path.Combine(RepositoryPaths.Shared, "data", "movielens", "ml-latest-small-2015"),
    Path.Combine(RepositoryPaths.Shared, "data", "movielens", "ml-latest-small-2016"));

/// <summary>The sample catalog, asked by its own simulated viewers.</summary>
public sealed class SampleMoviesFixture(TestServers servers) : MoviesFixture(
    servers,
    Path.Combine(RepositoryPaths.Root, "data", "sample", "movies.jsonl"),
    Path.Combine(RepositoryPaths.Root, "data", "sample", "ratings"),
    Path.Combine(RepositoryPaths.Root, "data", "sample", "ratings"));

/// <summary>Classes that share one <see cref="RealMoviesFixture"/>; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RealMovies : ICollectionFixture<RealMoviesFixture>
{
    public const string Name = "real movies";
}

/// <summary>Classes that share one <see cref="SampleMoviesFixture"/>; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SampleMovies : ICollectionFixture<SampleMoviesFixture>
{
    public const string Name = "sample movies";
}

/// <summary>A user of a MovieLens folder.</summary>
/// <param name="Liked">Movies rated 4 and more, oldest first, as TMDB ids.</param>
/// <param name="Disliked">Up to five movies rated under 3, the last ones.</param>
internal sealed record RecordedViewer(int[] Liked, int[] Disliked)
{
    /// <summary>Users with at least 10 movies that they liked.</summary>
    public static IReadOnlyList<RecordedViewer> Read(string folder)
    {
        var tmdbIds = Rows(folder, "links.csv").Where(row => row[2].Length > 0)
            .ToDictionary(row => row[0], row => int.Parse(row[2], CultureInfo.InvariantCulture));
        return
        [
            .. Rows(folder, "ratings.csv").Where(row => tmdbIds.ContainsKey(row[1])).GroupBy(row => row[0]).Select(ratings =>
            {
                var ordered = ratings.OrderBy(row => long.Parse(row[3], CultureInfo.InvariantCulture)).ToArray();
                return new RecordedViewer(Movies(ordered, value => value >= 4), [.. Movies(ordered, value => value < 3).TakeLast(5)]);
            }).Where(viewer => viewer.Liked.Length >= 10),
        ];

        int[] Movies(string[][] ratings, Func<double, bool> counts) =>
            [.. ratings.Where(row => counts(double.Parse(row[2], CultureInfo.InvariantCulture))).Select(row => tmdbIds[row[1]]).Distinct()];
    }

    /// <summary>Up to <paramref name="movies"/> liked movies in a row, somewhere in the viewer's life.</summary>
    public int[] Profile(int movies, Random random)
    {
        var end = random.Next(Math.Min(movies, Liked.Length), Liked.Length + 1);
        return Liked[Math.Max(0, end - movies)..end];
    }

    private static IEnumerable<string[]> Rows(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(','));
}

/// <summary>One movie that a track could choose.</summary>
internal readonly record struct RecordedCandidate(int MovieId, Row Row, short Minutes, float Score);

/// <summary>A time and the movies to fill it from.</summary>
internal sealed class MovieChoice(int time, RecordedCandidate[] candidates)
{
    public int Time { get; } = time;

    public RecordedCandidate[] Candidates { get; } = candidates;

    public short[] Minutes { get; } = [.. candidates.Select(movie => movie.Minutes)];

    public float[] Scores { get; } = [.. candidates.Select(movie => movie.Score)];

    /// <summary>Mean score of the best set, by the engine's solver.</summary>
    public double OptimalMean()
    {
        var chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
        var fit = new TimeFitSolver().Solve(Minutes, Scores, Time, new TimeFitOptions().FillWeight, chosen);
        return fit.MovieCount == 0 ? 0 : chosen[..fit.MovieCount].Average(movie => (double)Scores[movie]);
    }
}

/// <summary>
/// The scratch of one call at a time, kept to be looked at: <c>/recommend_single</c> leaves in it the scores of every movie that a track may use.
/// The only place in these tests that knows how the engine stores its candidates.
/// </summary>
internal sealed class CandidateRecorder : ObjectPool<RecommendScratch>
{
    private readonly RecommendScratch _scratch = new();

    public override RecommendScratch Get() => _scratch;

    public override void Return(RecommendScratch obj)
    {
    }

    /// <summary>The candidates of a track for a request, series not yet reduced, as the engine scores them without noise.</summary>
    public async Task<RecordedCandidate[]> CandidatesAsync(EngineHost noiseFree, RecommendRequest request, Track track, int[] excluded)
    {
        var snapshot = noiseFree.Catalog.Snapshot;
        var (status, _) = await noiseFree.RefusedAsync("/recommend_single", new RecommendSingleRequest
        {
            UserMovieIds = request.UserMovieIds,
            NegativeMovieIds = request.NegativeMovieIds,
            PreferredGenres = request.PreferredGenres,
            PreferredOtts = request.PreferredOtts,
            AllowAdult = request.AllowAdult,
            ContentRules = request.ContentRules,
            Groups = request.Groups,
            GroupMode = request.GroupMode,
            TargetRuntime = request.AvailableTime,
            ExcludedIds = excluded,
            Track = track,
            Seed = 0,
        });
        Assert.True(status is 200 or 404);
        return LastCandidates(snapshot);
    }

    /// <summary>What the last track that was filled could choose from, beside what was locked into it.</summary>
    public RecordedCandidate[] LastCandidates(CatalogSnapshot snapshot)
    {
        var recorded = _scratch.Track;
        return
        [
            .. recorded.Rows.ToArray().Zip(recorded.Scores.ToArray(), (row, score) =>
                new RecordedCandidate(snapshot.MovieIds[row.Index], row, snapshot.RuntimeMinutes[row.Index], score)),
        ];
    }
}

/// <summary>Sums of one pseudo-random vector a word: movies that share words are alike.</summary>
internal sealed class WordEncoder : ISentenceEncoder
{
    public string Name => "test-words";

    private const int Dimension = 64;

    public bool IsMultilingual => false;

    public string Recipe => Name;

    public Task<int> DimensionAsync(CancellationToken cancellationToken) => Task.FromResult(Dimension);

    public Task<IReadOnlyList<float[]?>> EncodeAsync(IReadOnlyList<string> texts, EncodingRole role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]?>>([.. texts.Select(Encode)]);

    private static float[]? Encode(string text)
    {
        var vector = new float[Dimension];
        var words = 0;
        foreach (var word in text.Split([' ', ',', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3))
        {
            var hash = 14695981039346656037UL;
            foreach (var letter in word.ToLowerInvariant())
            {
                hash = (hash ^ letter) * 1099511628211UL;
            }

            hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 32;
            for (var k = 0; k < vector.Length; k++)
            {
                vector[k] += (hash >> k & 1) == 0 ? 1f : -1f;
            }

            words++;
        }

        return words == 0 ? null : vector;
    }
}
