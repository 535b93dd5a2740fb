using MovieSir.Api.Companies.Accounting;
using MovieSir.Data.B2b;
using MovieSir.Tests.Api.Infrastructure;
using MovieSir.Tests.Infrastructure;
using StackExchange.Redis;

namespace MovieSir.Tests.Api.Companies.Accounting;

/// <summary>What Redis keeps has a bound: docs/operations.md has it from here.</summary>
public sealed class RedisMemoryTests(TestServers servers) : ApiTest(servers)
{
    private const int Measured = 2000;
    private const int CallsPerSecond = 1000;
    private const long Limit = 1L << 30; // maxmemory of the published Redis

    [Fact]
    public async Task All_that_may_wait_and_be_remembered_fits_the_memory_that_Redis_is_given()
    {
        var options = new AccountingOptions();
        int[] movies = [.. Enumerable.Range(490_000, 12)];
        var remembered = 0L;
        for (var i = 0; i < Measured; i++)
        {
            var (id, company) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var entry = new RequestLogEntry
            {
                EventId = id,
                OccurredAt = DateTimeOffset.UtcNow,
                UsageDay = new DateOnly(2026, 11, 27),
                ApiKeyId = company,
                CompanyId = company,
                RequestId = id.ToString("N"),
                Method = "POST",
                Endpoint = "/v1/recommend",
                Status = 200,
                LatencyMs = 3.5f,
                Charged = true,
                RecommendationId = id,
                ClientUserId = "seat-12A",
                ClientAddress = System.Net.IPAddress.Parse("203.0.113.7"),
                AvailableMinutes = 180,
                MovieIds = movies,
                TrackAMovies = 6,
            };
            await Redis.Database.StringSetAsync(RecommendationMemory.Key(id), RecommendationMemory.Value(entry), TimeSpan.FromMinutes(10));
            await Redis.Database.StreamAddAsync("measured", "event", UsageEventJson.Serialize(new UsageEvent(entry, Feedback: null)));
            remembered += await MemoryOfAsync(RecommendationMemory.Key(id));
        }

        var (recommendation, usage) = (remembered / Measured, await MemoryOfAsync("measured") / Measured);
        var all = (recommendation * CallsPerSecond * options.RecommendationMemorySeconds) + (usage * options.MaxQueuedEvents);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{recommendation} bytes a recommendation, {usage} bytes a usage event; {all >> 20} MB at {CallsPerSecond} recommendations a second and "
            + $"{options.MaxQueuedEvents:N0} waiting events");
        Assert.InRange(recommendation, 1, 350);
        Assert.InRange(usage, 1, 1200);
        Assert.True(all < Limit, $"{all:N0}");
    }

    private async Task<long> MemoryOfAsync(RedisKey key) => (long)await Redis.Database.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", "0");
}
