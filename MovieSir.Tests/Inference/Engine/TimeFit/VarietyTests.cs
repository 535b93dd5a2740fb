using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Numerics;
using MovieSir.Inference.Serving;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Inference.Serving;

namespace MovieSir.Tests.Inference.Engine.TimeFit;

/// <summary>Variety without loss: what two seeds share, and what it costs against the best set.</summary>
public sealed class VarietyTests(ITestOutputHelper output)
{
    private const int Movies = 2000;

    [Fact]
    public void Two_seeds_share_at_most_half_their_movies_within_3_percent_of_the_best_mean_score()
    {
        const int Viewers = 50;
        int[] times = [120, 180, 240, 300, 480, 700];
        var snapshot = Catalog();
        var varied = Recommender(new TimeFitOptions());
        var best = Recommender(new TimeFitOptions { NoiseBound = 0f });
        var (sharedOfAll, ratioOfAll) = (0.0, 0.0);
        foreach (var minutes in times)
        {
            var (shared, ratio) = (0.0, 0.0);
            for (var viewer = 0; viewer < Viewers; viewer++)
            {
                var first = Ask(varied, snapshot, viewer, minutes, seed: 1);
                var second = Ask(varied, snapshot, viewer, minutes, seed: 2);
                var optimum = Ask(best, snapshot, viewer, minutes, seed: 0);
                var (a, b) = (RecommendTests.Ids(first.TrackA), RecommendTests.Ids(second.TrackA));
                var one = first.TrackA.Movies.Average(movie => movie.Score) / optimum.TrackA.Movies.Average(movie => movie.Score);
                Assert.True(one >= new TimeFitOptions().MeanFloor - 1e-5, $"{one:P1} of the best mean score");
                shared += (double)a.Intersect(b).Count() / Math.Max(a.Length, b.Length) / Viewers;
                ratio += one / Viewers;
            }

            output.WriteLine($"{minutes} minutes: two seeds share {shared:P1} of the movies, at {ratio:P2} of the optimum's mean score");
            sharedOfAll += shared / times.Length;
            ratioOfAll += ratio / times.Length;
        }

        output.WriteLine($"all: {sharedOfAll:P1}, {ratioOfAll:P2}");
        Assert.InRange(sharedOfAll, 0, 0.5);
        Assert.InRange(ratioOfAll, 0.97, 1.0001);
    }

    [Fact]
    public void Movies_that_are_equally_good_take_turns()
    {
        const int Seeds = 60;
        var snapshot = Catalog(alike: true);
        var recommender = Recommender(new TimeFitOptions());
        var sets = Enumerable.Range(0, Seeds).Select(seed => RecommendTests.Ids(Ask(recommender, snapshot, 0, 240, seed).TrackA)).ToArray();
        var shared = sets.Zip(sets.Skip(1), (a, b) => (double)a.Intersect(b).Count() / Math.Max(a.Length, b.Length)).Average();
        output.WriteLine($"two seeds share {shared:P1}; {sets.SelectMany(set => set).Distinct().Count()} movies in {Seeds} answers");
        Assert.InRange(shared, 0, 0.1);
    }

    [Fact]
    public void One_choice_is_the_same_for_every_seed()
    {
        var snapshot = Catalog();
        var recommender = Recommender(new TimeFitOptions());
        int[] others = [.. snapshot.MovieIds.Where(id => id != 400)];
        var minutes = snapshot.RuntimeMinutes[400];
        for (var seed = 0; seed < 20; seed++)
        {
            var track = Ask(recommender, snapshot, 0, minutes + 5, seed, others).TrackA;
            Assert.Equal([400], RecommendTests.Ids(track));
            Assert.True(track.FillsTime);
            var emptier = Ask(recommender, snapshot, 0, minutes * 2, seed, others).TrackA;
            Assert.Equal([400], RecommendTests.Ids(emptier));
            Assert.False(emptier.FillsTime);
        }
    }

    [Fact]
    public void Under_a_floor_of_the_optimum_only_sets_of_its_mean_are_answered()
    {
        var snapshot = Catalog();
        var (best, strict) = (
            Recommender(new TimeFitOptions { NoiseBound = 0f }), Recommender(new TimeFitOptions { MeanFloor = 1f, NoiseBound = 0.5f }));
        for (var viewer = 0; viewer < 20; viewer++)
        {
            var optimum = Ask(best, snapshot, viewer, 200, seed: 1).TrackA;
            Assert.Equal(RecommendTests.Ids(optimum), RecommendTests.Ids(Ask(best, snapshot, viewer, 200, seed: 2).TrackA));
            var answer = Ask(strict, snapshot, viewer, 200, seed: viewer).TrackA;
            Assert.True(answer.Movies.Average(movie => movie.Score) >= optimum.Movies.Average(movie => movie.Score) - 1e-6);
        }
    }

    private static Recommender Recommender(TimeFitOptions timeFit) =>
        new(ObjectPool.Create<RecommendScratch>(), Options.Create(timeFit));

    private static RecommendResponse Ask(
        Recommender recommender, CatalogSnapshot snapshot, int viewer, int minutes, long seed, int[]? excluded = null)
    {
        var random = new Random(viewer);
        var request = new RecommendRequest
        {
            UserMovieIds = [.. Enumerable.Range(0, 8).Select(_ => random.Next(Movies))],
            AvailableTime = minutes,
            ExcludedIdsA = excluded ?? [],
            Seed = seed,
        };
        Assert.Null(MovieFilterQuery.Resolve(snapshot, ["Drama"], null, false, out var filter));
        return recommender.Recommend(snapshot, request, filter, new ViewerMovies(request), []);
    }

    /// <summary>
    /// 2,000 movies of normally distributed running times and random embeddings; a tenth are dramas, of which over 100 fit the shortest of the times.
    /// Alike: nothing tells one from another.
    /// </summary>
    private static CatalogSnapshot Catalog(bool alike = false)
    {
        var random = new Random(11);
        var builder = new SnapshotBuilder([new(18, "Drama", "드라마"), new(35, "Comedy", "코미디")], [], Movies);
        for (var movie = 0; movie < Movies; movie++)
        {
            builder.AddMovie(new MovieFacts
            {
                MovieId = movie,
                TitleEn = new string([.. Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26)))]),
                RuntimeMinutes = (short)Math.Clamp(105 + (22 * Normal(random)), 40, 240),
                VoteAverage = alike ? 6 : 5 + (3 * random.NextSingle()),
                VoteCount = alike ? 100 : (int)Math.Pow(10, 1 + (3 * random.NextDouble())),
            });
        }

        builder.EndMovies();
        for (var movie = 0; movie < Movies; movie++)
        {
            builder.AddGenre(movie, movie % 10 == 0 ? 18 : 35);
        }

        var embeddings = new FloatMatrix(Movies, 32);
        foreach (ref var value in embeddings.All)
        {
            value = alike ? 0f : (float)Normal(random);
        }

        builder.SetEmbeddings("test", embeddings);
        return builder.Build(1, 1);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
