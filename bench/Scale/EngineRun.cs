using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Serving;
using MovieSir.Inference.Serving.Recommend;
using MovieSir.ServiceDefaults.InferenceContract;

namespace MovieSir.Bench.Scale;

/// <summary>What requests of a run ask for. Each has a profile of ten movies and 180 minutes.</summary>
internal enum EngineRequests
{
    /// <summary>Profiles of popular movies; half of the requests with one to three genres and a streaming service.</summary>
    HalfFiltered,

    /// <summary>Profiles of popular movies, no filter.</summary>
    Unfiltered,

    /// <summary>No filter, and profiles of any movies: past some thousand movies their likeness is not kept.</summary>
    Uncommon,
}

/// <summary>Calls of the engine in this process, one after the other, without HTTP and JSON.</summary>
internal sealed class EngineRun
{
    private const int DistinctRequests = 2000;
    private const int PopularMovies = 1000;
    private const int ProfileMovies = 10;
    private readonly CatalogSnapshot _snapshot;
    private readonly Recommender _recommender;
    private readonly (RecommendRequest Request, CandidateFilter Filter)[] _requests;

    /// <param name="snapshot">The movies.</param>
    /// <param name="seed">Of the requests.</param>
    /// <param name="kind">What they ask for.</param>
    public EngineRun(CatalogSnapshot snapshot, int seed, EngineRequests kind)
    {
        _snapshot = snapshot;
        _recommender = new Recommender(ObjectPool.Create<RecommendScratch>(), Options.Create(new TimeFitOptions()));
        var random = new Random(seed);
        var profiles = Enumerable.Range(0, snapshot.Count).OrderByDescending(row => snapshot.Popularity[row])
            .Take(kind == EngineRequests.Uncommon ? snapshot.Count : PopularMovies).ToArray();
        _requests = new (RecommendRequest, CandidateFilter)[DistinctRequests];
        for (var i = 0; i < _requests.Length; i++)
        {
            var filtered = kind == EngineRequests.HalfFiltered && i % 2 == 0;
            var request = new RecommendRequest
            {
                UserMovieIds = Array.ConvertAll(random.GetItems(profiles, ProfileMovies), row => snapshot.MovieIds[row]),
                AvailableTime = 180,
                PreferredGenres = filtered
                    ? [.. Enumerable.Range(0, random.Next(1, 4))
                        .Select(_ => snapshot.Genres.Entries[random.Next(snapshot.Genres.Entries.Count)].NameEn)]
                    : null,
                PreferredOtts = filtered ? [snapshot.Providers.Entries[random.Next(3)].NameEn] : null,
            };
            MovieFilterQuery.Resolve(snapshot, request.PreferredGenres, request.PreferredOtts, false, out var filter);
            _requests[i] = (request, filter);
        }
    }

    public RecommendResponse Call(int number)
    {
        var (request, filter) = _requests[number % _requests.Length];
        return _recommender.Recommend(_snapshot, request, filter, new ViewerMovies(request), []);
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
