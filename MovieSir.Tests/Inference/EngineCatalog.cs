using MovieSir.Inference.Models;
using MovieSir.Inference.Offline.Train;
using Npgsql;
using NpgsqlTypes;
using Pgvector;

namespace MovieSir.Tests.Inference;

/// <summary>
/// A small catalog whose answers can be foreseen. Movie i (id 1000 + i) belongs to cluster i mod 6, which is its first genre and the axis that its
/// embedding and its factors lie along. Every 30th movie has no minutes, every 40th is for adults, every 10th has no factors.
/// </summary>
internal static class EngineCatalog
{
    public const int Movies = 360;
    public const int FirstId = 1000;
    public const int Dimension = 8;
    public const int Clusters = 6;
    public const int OtherMovies = 1_000_000;
    public const int NetflixId = 8;
    public const int WavveId = 356;
    public const int DisneyId = 337;

    public static readonly string[] ClusterGenres = ["Action", "Comedy", "Drama", "Horror", "Romance", "Science Fiction"];
    private static readonly int[] GenreIds = [28, 35, 18, 27, 10749, 878];

    public static int Id(int movie) => FirstId + movie;

    public static int ClusterOf(int movieId) => (movieId - FirstId) % Clusters;

    public static bool IsAdult(int movieId) => (movieId - FirstId) % 40 == 39;

    public static bool HasMinutes(int movieId) => (movieId - FirstId) % 30 != 29;

    public static bool HasFactors(int movieId) => (movieId - FirstId) % 10 != 7;

    public static int Minutes(int movieId) => 60 + ((movieId - FirstId) * 37 % 101);

    public static int Year(int movieId) => 1930 + ((movieId - FirstId) * 13 % 96);

    public static bool OnNetflix(int movieId) => (movieId - FirstId) % 3 == 0;

    public static bool OnWavve(int movieId) => (movieId - FirstId) % 5 == 0;

    /// <summary>Second genre: all combinations occur.</summary>
    public static int SecondCluster(int movieId) => (movieId - FirstId) / Clusters % Clusters;

    public static bool HasGenre(int movieId, int cluster) => ClusterOf(movieId) == cluster || SecondCluster(movieId) == cluster;

    /// <summary>Five letters, different for each movie, so that no two are taken for a series.</summary>
    public static string Title(int movie) =>
        string.Concat(new[] { 17 * movie, movie, movie / 16, movie / 256, 5 }.Select(n => "bcdfghjklmnpqrst"[n % 16])).ToUpperInvariant();

    public static string? KoreanTitle(int movie) => movie switch
    {
        0 => "라라랜드",
        1 => "기생충",
        _ => null,
    };

    public static float[] Vector(int cluster, int movie, float spread) => Vector(cluster, new Random(movie), spread);

    public static async Task SeedAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, """
            INSERT INTO catalog.providers (provider_id, name, name_ko) VALUES (8, 'Netflix', '넷플릭스'), (356, 'wavve', NULL);
            INSERT INTO catalog.providers (provider_id, name) VALUES (337, 'Disney Plus');
            INSERT INTO catalog.encoders (name, dimension) VALUES ('test-encoder', 8); INSERT INTO catalog.rating_sources (name) VALUES ('test');
            """);
        await CopyAsync(
            connection,
            "catalog.movies (movie_id, imdb_id, title, title_ko, overview, release_date, runtime_minutes, "
            + "vote_average, vote_count, popularity, adult, keywords, is_stub, is_sample)",
            (writer, movie) =>
            {
                var id = Id(movie);
                writer.Write(id, NpgsqlDbType.Integer);
                writer.Write($"tt{id:D7}", NpgsqlDbType.Text);
                writer.Write(Title(movie), NpgsqlDbType.Text);
                WriteOrNull(writer, KoreanTitle(movie));
                writer.Write($"About {Title(movie)}.", NpgsqlDbType.Text);
                writer.Write(new DateOnly(Year(id), 6, 1), NpgsqlDbType.Date);
                if (HasMinutes(id))
                {
                    writer.Write((short)Minutes(id), NpgsqlDbType.Smallint);
                }
                else
                {
                    writer.WriteNull();
                }

                writer.Write(5f + (movie * 7 % 40 / 10f), NpgsqlDbType.Real);
                writer.Write(10 + (movie * movie * 31 % 5000), NpgsqlDbType.Integer);
                writer.Write(1f, NpgsqlDbType.Real);
                writer.Write(IsAdult(id), NpgsqlDbType.Boolean);
                writer.Write(Array.Empty<string>(), NpgsqlDbType.Array | NpgsqlDbType.Text);
                writer.Write(false, NpgsqlDbType.Boolean);
                writer.Write(false, NpgsqlDbType.Boolean);
            });
        await ExecuteAsync(connection, $"""
            INSERT INTO catalog.movie_genres (movie_id, genre_id)
            SELECT movie_id, (ARRAY[{string.Join(',', GenreIds)}])[1 + (movie_id - {FirstId}) % {Clusters}] FROM catalog.movies
            UNION SELECT movie_id, (ARRAY[{string.Join(',', GenreIds)}])[1 + (movie_id - {FirstId}) / {Clusters} % {Clusters}] FROM catalog.movies;
            INSERT INTO catalog.movie_providers (movie_id, provider_id, region, terms, is_sample)
            SELECT movie_id, {NetflixId}, 'US', 'flatrate', false FROM catalog.movies WHERE (movie_id - {FirstId}) % 3 = 0
            UNION ALL SELECT movie_id, {WavveId}, 'KR', 'flatrate', false FROM catalog.movies WHERE (movie_id - {FirstId}) % 5 = 0
            UNION ALL SELECT movie_id, {WavveId}, 'FR', 'flatrate', false FROM catalog.movies WHERE (movie_id - {FirstId}) % 5 = 1
            UNION ALL SELECT movie_id, {DisneyId}, 'US', 'rent', false FROM catalog.movies;
            INSERT INTO catalog.ratings (source_id, user_id, movie_id, value, rated_at)
            SELECT s.source_id, u, f.movie_id, 3 + (u + f.movie_id) % 5 / 2.0, now()
            FROM catalog.movies f, generate_series(1, 20) u, catalog.rating_sources s WHERE (f.movie_id - {FirstId}) % 10 <> 7;
            """);
        await CopyAsync(connection, "catalog.movie_embeddings (encoder_id, movie_id, source_hash, embedding)", (writer, movie) =>
        {
            writer.Write((short)1, NpgsqlDbType.Smallint);
            writer.Write(Id(movie), NpgsqlDbType.Integer);
            writer.Write(new byte[32], NpgsqlDbType.Bytea);
            writer.Write(new Vector(Vector(movie % Clusters, movie, 0.2f)));
        });
        await ExecuteAsync(connection, "UPDATE catalog.state SET revision = revision + 1");
    }

    /// <summary>The weights that are configured, and a forest of one tree by which more of a sequence is better.</summary>
    private static LearnedRanking Ranking => new()
    {
        Weights = new ScoringOptions().Taste,
        Features = ForestFeatures.Names,
        Forest = new ObliviousForest { Depth = 1, Features = [0], Thresholds = [0f], Leaves = [-0.5f, 0.5f] },
    };

    /// <summary>Each movie is followed by the next few of its own cluster.</summary>
    private static SuccessorLists Successors(int[] ids, int seed)
    {
        var random = new Random(seed);
        var lists = ids.Select(id => ids.Where(other => other > id && ClusterOf(other) == ClusterOf(id)).Take(5).ToArray()).ToArray();
        var starts = new int[ids.Length + 1];
        for (var i = 0; i < ids.Length; i++)
        {
            starts[i + 1] = starts[i] + lists[i].Length;
        }

        return new SuccessorLists(
            ids, starts, [.. lists.SelectMany(list => list)], [.. lists.SelectMany(list => list).Select(_ => 0.1f + (0.3f * random.NextSingle()))]);
    }

    /// <summary>A model whose factors lie along the clusters; a different seed gives different figures.</summary>
    public static TrainedModel Model(int seed = 0)
    {
        var ids = Enumerable.Range(0, Movies).Select(Id).Where(HasFactors).ToArray();
        return new TrainedModel
        {
            Algorithm = "hybrid",
            Dimension = Dimension,
            MovieIds = ids,
            Factors = [.. ids.SelectMany(id => Vector(ClusterOf(id), new Random((seed * 100_003) + id), 0.3f))],
            Successors = Successors(ids, seed),
            Ranking = Ranking.ToJson(),
            Hyperparameters = new IalsParameters { Dimension = Dimension }.ToJson(),
            Metrics = "{}",
        };
    }

    /// <summary>The same model, of which all but the first movies are others by far larger ids.</summary>
    public static TrainedModel WithOtherMovies(TrainedModel model, int kept)
    {
        var limit = kept == 0 ? FirstId : model.MovieIds[kept - 1] + 1;
        return model with
        {
            MovieIds = [.. model.MovieIds.Select(Moved)],
            Successors = model.Successors! with
            {
                MovieIds = [.. model.Successors.MovieIds.Select(Moved)],
                SuccessorIds = [.. model.Successors.SuccessorIds.Select(Moved)],
            },
        };

        int Moved(int movieId) => movieId < limit ? movieId : movieId + OtherMovies;
    }

    public static Task<PublishedModel> PublishAsync(NpgsqlDataSource source, int seed = 0) =>
        new ModelPublisher(source, TimeProvider.System).PublishAsync(Model(seed), keepPrevious: 5, TestContext.Current.CancellationToken);

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static float[] Vector(int cluster, Random random, float spread)
    {
        var vector = new float[Dimension];
        for (var k = 0; k < Dimension; k++)
        {
            vector[k] = (k == cluster ? 1f : 0f) + (spread * (random.NextSingle() - 0.5f));
        }

        return vector;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, Action<NpgsqlBinaryImporter, int> write)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT binary)");
        for (var movie = 0; movie < Movies; movie++)
        {
            await writer.StartRowAsync();
            write(writer, movie);
        }

        await writer.CompleteAsync();
    }

    private static void WriteOrNull(NpgsqlBinaryImporter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.Write(text, NpgsqlDbType.Text);
        }
    }
}
