using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Recommend;
using MovieSir.Inference.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Tests.Engine;

/// <summary>Variety without loss: what two seeds share, and what it costs against the best set.</summary>
public sealed class VarietyTests(ITestOutputHelper output)
{
    private const int Films = 2000;

    [Fact]
    public void Two_seeds_share_at_most_half_their_films_within_3_percent_of_the_best_mean_score()
    {
        const int Viewers = 50;
        int[] times = [120, 180, 240, 300, 480, 700];
        var snapshot = Catalogue();
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
                var one = first.TrackA.Movies.Average(film => film.Score) / optimum.TrackA.Movies.Average(film => film.Score);
                Assert.True(one >= new TimeFitOptions().MeanFloor - 1e-5, $"{one:P1} of the best mean score");
                shared += (double)a.Intersect(b).Count() / Math.Max(a.Length, b.Length) / Viewers;
                ratio += one / Viewers;
            }

            output.WriteLine($"{minutes} minutes: two seeds share {shared:P1} of the films, at {ratio:P2} of the optimum's mean score");
            sharedOfAll += shared / times.Length;
            ratioOfAll += ratio / times.Length;
        }

        output.WriteLine($"all: {sharedOfAll:P1}, {ratioOfAll:P2}");
        Assert.InRange(sharedOfAll, 0, 0.5);
        Assert.InRange(ratioOfAll, 0.97, 1.0001);
    }

    private static Recommender Recommender(TimeFitOptions timeFit) =>
        new(new Scorer(Options.Create(new ScoringOptions())), ObjectPool.Create<ScoringScratch>(), Options.Create(timeFit));

    private static RecommendResponse Ask(Recommender recommender, CatalogueSnapshot snapshot, int viewer, int minutes, long seed)
    {
        var random = new Random(viewer);
        var request = new RecommendRequest
        {
            UserMovieIds = [.. Enumerable.Range(0, 8).Select(_ => random.Next(Films))],
            AvailableTime = minutes,
            Seed = seed,
        };
        Assert.Null(FilmFilterQuery.Resolve(snapshot, ["Drama"], null, false, out var filter));
        return recommender.Recommend(snapshot, request, filter);
    }

    /// <summary>2,000 films of normally distributed running times and random embeddings; a tenth are dramas, of which over 100 fit the shortest of the times.</summary>
    private static CatalogueSnapshot Catalogue()
    {
        var random = new Random(11);
        var builder = new SnapshotBuilder([new(18, "Drama", "드라마"), new(35, "Comedy", "코미디")], [], Films);
        for (var film = 0; film < Films; film++)
        {
            builder.AddFilm(new FilmFacts
            {
                MovieId = film,
                TitleEn = new string([.. Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26)))]),
                RuntimeMinutes = (short)Math.Clamp(105 + (22 * Normal(random)), 40, 240),
                VoteAverage = 5 + (3 * random.NextSingle()),
                VoteCount = (int)Math.Pow(10, 1 + (3 * random.NextDouble())),
            });
        }

        builder.EndFilms();
        for (var film = 0; film < Films; film++)
        {
            builder.AddGenre(film, film % 10 == 0 ? 18 : 35);
        }

        var embeddings = new FloatMatrix(Films, 32);
        foreach (ref var value in embeddings.All)
        {
            value = (float)Normal(random);
        }

        builder.SetEmbeddings("test", embeddings);
        return builder.Build(1, 1);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
