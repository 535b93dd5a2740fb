using MovieSir.ServiceDefaults.InferenceContract;
using MovieSir.Tests.Infrastructure;

namespace MovieSir.Tests.Engine;

/// <summary>What holds of every recommendation, asked of the service on a real PostgreSQL.</summary>
public sealed class RecommendTests(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EngineHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        await EngineCatalogue.SeedAsync(_database.DataSource);
        await EngineCatalogue.PublishAsync(_database.DataSource);
        _host = await EngineHost.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Two_tracks_fill_the_time_with_different_films()
    {
        var answer = await RecommendAsync(new { user_movie_ids = Profile(0), available_time = 180, seed = 1 });

        Assert.Equal("선호 장르 맞춤 추천", answer.TrackA.Label);
        Assert.Equal("장르 확장 추천", answer.TrackB.Label);
        Assert.EndsWith("-ials8", answer.ModelVersion, StringComparison.Ordinal);
        Assert.InRange(answer.ElapsedTime, 0, 60);
        foreach (var track in new[] { answer.TrackA, answer.TrackB })
        {
            Assert.True(track.FillsTime);
            Assert.InRange(track.TotalRuntime, 162, 180);
            Assert.Equal(track.TotalRuntime, track.Movies.Sum(film => film.Runtime!.Value));
        }

        Assert.Empty(Ids(answer.TrackA).Intersect(Ids(answer.TrackB)));
    }

    internal static int[] Profile(int cluster, int films = 6) =>
        [.. Enumerable.Range(0, films).Select(k => EngineCatalogue.Id((k * EngineCatalogue.Clusters) + cluster)).Where(EngineCatalogue.HasFactors)];

    internal static int[] Ids(TrackAnswer track) => [.. track.Movies.Select(film => film.MovieId)];

    private Task<RecommendResponse> RecommendAsync(object request) => _host.PostAsync<RecommendResponse>("/recommend", request);
}
