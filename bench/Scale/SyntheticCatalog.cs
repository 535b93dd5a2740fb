using MovieSir.Inference.Catalog;
using MovieSir.Inference.Models;
using MovieSir.Inference.Numerics;

namespace MovieSir.Bench.Scale;

/// <summary>
/// A snapshot of any size for measuring speed only. What a request's cost depends on is in the proportions of real catalogs (minutes, genres,
/// streaming services, votes, clustered embeddings); what it says is made up.
/// </summary>
internal static class SyntheticCatalog
{
    public const int EmbeddingDimension = 512;
    public const int FactorDimension = 128;

    private const int Clusters = 96;
    private const int Services = 60;
    private const int RatedMovies = 7_500;
    private const int SuccessorsAMovie = 400;

    // About the share that each genre has among TMDB's movies.
    private static readonly (string Name, double Share)[] Genres =
    [
        ("Drama", .45), ("Comedy", .3), ("Thriller", .2), ("Action", .18), ("Romance", .16), ("Horror", .13), ("Crime", .12), ("Adventure", .11),
        ("Science Fiction", .09), ("Family", .09), ("Fantasy", .07), ("Mystery", .07), ("Animation", .06), ("Documentary", .06), ("History", .04),
        ("Music", .04), ("War", .03), ("Western", .02), ("TV Movie", .03),
    ];

    public static string GenreName(int ordinal) => Genres[ordinal].Name;

    public static string ServiceName(int ordinal) => $"Service {ordinal + 1}";

    public static CatalogSnapshot Create(int movies, int seed)
    {
        var random = new Random(seed);
        var builder = new SnapshotBuilder(
            [.. Genres.Select((genre, i) => new NamedEntry(i + 1, genre.Name, null))],
            [.. Enumerable.Range(0, Services).Select(i => new NamedEntry(i + 1, ServiceName(i), null))],
            movies);
        for (var movie = 0; movie < movies; movie++)
        {
            builder.AddMovie(Facts(random, movie));
        }

        builder.EndMovies();
        for (var movie = 0; movie < movies; movie++)
        {
            for (var genre = 0; genre < Genres.Length; genre++)
            {
                if (random.NextDouble() < Genres[genre].Share)
                {
                    builder.AddGenre(Id(movie), genre + 1);
                }
            }

            for (var service = 0; service < Services; service++)
            {
                // A few services carry much, most carry little.
                if (random.NextDouble() < 0.3 / (service + 1))
                {
                    builder.AddProvider(Id(movie), service + 1);
                }
            }
        }

        var centers = Rows(random, Clusters, EmbeddingDimension);
        var tastes = Rows(random, Clusters, FactorDimension);
        var (embeddings, factors) = (new FloatMatrix(movies, EmbeddingDimension), new FloatMatrix(movies, FactorDimension));
        for (var movie = 0; movie < movies; movie++)
        {
            var cluster = random.Next(Clusters);
            Around(random, centers.Row(cluster), embeddings.Row(movie), spread: 2f);
            Around(random, tastes.Row(cluster), factors.Row(movie), spread: 1.5f);
        }

        builder.SetEmbeddings("synthetic", embeddings);
        var model = builder.NewModel();
        model.SetFactors("synthetic", factors, movies, new IalsParameters { Dimension = FactorDimension });
        model.SetSuccessors(SuccessorsOf(random, movies), recencyExponent: 0.7f);
        builder.SetModel(model.Build());
        return builder.Build(revision: 1, contentRevision: 1);
    }

    // As many as MovieLens gives: hundreds for each of some thousand rated movies.
    private static SuccessorLists SuccessorsOf(Random random, int movies)
    {
        var rated = Math.Min(movies, RatedMovies);
        var successors = new int[rated * SuccessorsAMovie];
        foreach (ref var successor in successors.AsSpan())
        {
            successor = Id(random.Next(rated));
        }

        return new SuccessorLists(
            [.. Enumerable.Range(0, rated).Select(Id)],
            [.. Enumerable.Range(0, rated + 1).Select(movie => movie * SuccessorsAMovie)],
            successors,
            [.. successors.Select(_ => random.NextSingle() + 0.01f)]);
    }

    private static int Id(int movie) => (movie * 3) + 2;

    private static MovieFacts Facts(Random random, int movie)
    {
        var votes = (int)Math.Exp(3 + (2.2 * Normal(random)));
        return new MovieFacts
        {
            MovieId = Id(movie),
            TitleEn = $"{Word(random)} {Word(random)}",
            Overview = string.Join(' ', Enumerable.Range(0, 40).Select(_ => Word(random))),
            ImdbId = $"tt{movie:D7}",
            PosterPath = $"/{movie:D20}.jpg",
            ReleaseDate = new DateOnly(random.Next(1930, 2026), random.Next(1, 13), 1),
            RuntimeMinutes = random.Next(100) == 0 ? null : (short)Math.Clamp(103 + (22 * Normal(random)), 41, 300),
            VoteAverage = (float)Math.Clamp(6.3 + Normal(random), 1, 10),
            VoteCount = votes,
            RatingCount = votes / 10,
            RatingMean = 3.5f,
        };
    }

    private static FloatMatrix Rows(Random random, int rows, int columns)
    {
        var matrix = new FloatMatrix(rows, columns);
        foreach (ref var value in matrix.All)
        {
            value = (float)Normal(random);
        }

        return matrix;
    }

    // Uniform noise, which is cheap: directions in hundreds of dimensions do not tell.
    private static void Around(Random random, ReadOnlySpan<float> center, Span<float> vector, float spread)
    {
        for (var k = 0; k < vector.Length; k++)
        {
            vector[k] = center[k] + (spread * ((random.NextSingle() * 2f) - 1f));
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Word(Random random)
    {
        Span<char> letters = stackalloc char[random.Next(3, 9)];
        foreach (ref var letter in letters)
        {
            letter = (char)('a' + random.Next(26));
        }

        return letters.ToString();
    }
}
