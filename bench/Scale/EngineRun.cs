using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalogue;
using MovieSir.Inference.Ranking;
using MovieSir.Inference.Recommend;
using MovieSir.Inference.TimeFit;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Bench.Scale;

/// <summary>Calls of the engine in this process, one after the other, without HTTP and JSON.</summary>
internal sealed class EngineRun
{
    private readonly CatalogueSnapshot _snapshot;
    private readonly Recommender _recommender;
    private readonly (RecommendRequest Request, FilmFilterQuery Filter)[] _requests;

    /// <param name="snapshot">The films.</param>
    /// <param name="seed">Of the requests.</param>
    /// <param name="distinct">Different requests; they are sent in turn.</param>
    /// <param name="filtered">Half of the requests with one to three genres and a streaming service; or none with any.</param>
    public EngineRun(CatalogueSnapshot snapshot, int seed, int distinct, bool filtered)
    {
        _snapshot = snapshot;
        _recommender = new Recommender(
            new Scorer(Options.Create(new ScoringOptions())), ObjectPool.Create<ScoringScratch>(), Options.Create(new TimeFitOptions()));
        var random = new Random(seed);
        var popular = Enumerable.Range(0, snapshot.Count).OrderByDescending(row => snapshot.Popularity[row]).Take(1000).ToArray();
        _requests = new (RecommendRequest, FilmFilterQuery)[distinct];
        for (var i = 0; i < distinct; i++)
        {
            var request = new RecommendRequest
            {
                UserMovieIds = Array.ConvertAll(random.GetItems(popular, 10), row => snapshot.MovieIds[row]),
                AvailableTime = 180,
                PreferredGenres = filtered && i % 2 == 0
                    ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => snapshot.Genres.Entries[random.Next(snapshot.Genres.Entries.Count)].NameEn)]
                    : null,
                PreferredOtts = filtered && i % 2 == 0 ? [snapshot.Providers.Entries[random.Next(3)].NameEn] : null,
            };
            FilmFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, false, out var filter);
            _requests[i] = (request, filter);
        }
    }

    public RecommendResponse Call(int number)
    {
        var (request, filter) = _requests[number % _requests.Length];
        return _recommender.Recommend(_snapshot, request, filter);
    }

    /// <summary>Milliseconds of each of the first calls.</summary>
    public double[] Measure(int calls)
    {
        var times = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Call(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }
}
