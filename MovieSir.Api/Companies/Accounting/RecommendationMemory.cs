using System.Globalization;
using MovieSir.Api.Dependencies;
using MovieSir.Data.B2b;
using StackExchange.Redis;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>A movie that a recommendation held.</summary>
/// <param name="Track"><c>a</c> or <c>b</c>; null where the recommendation is of a version that did not note it.</param>
internal sealed record RecommendedMovie(string? Track);

/// <summary>
/// Which movies a recommendation held and whose it is: from Redis at first (written with the usage event), from the request log later.
/// </summary>
internal sealed class RecommendationMemory(IConnectionMultiplexer redis, UsageStore store, Outages outages)
{
    private const char TrackMark = 'a';

    public static RedisKey Key(Guid recommendationId) => $"recommendation:{recommendationId:N}";

    /// <summary>The company, the movies, and how many of them are track A's.</summary>
    public static RedisValue Value(RequestLogEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.CompanyId:N} {string.Join(' ', entry.MovieIds)} {TrackMark}{entry.TrackAMovies}");

    /// <summary>The movie as this recommendation held it; null where it did not, or was another company's.</summary>
    public async Task<Reply<RecommendedMovie?>> FindAsync(
        Guid companyId, Guid recommendationId, int movieId, CancellationToken cancellationToken)
    {
        var reply = await outages.AskAsync(Dependency.Redis, () => redis.GetDatabase().StringGetAsync(Key(recommendationId)), cancellationToken);
        return reply switch
        {
            Reply<RedisValue>.Answered({ HasValue: true } remembered) => new Reply<RecommendedMovie?>.Answered(
                Find(remembered.ToString(), companyId, movieId)),
            // It is older than Redis remembers.
            Reply<RedisValue>.Answered => await outages.AskAsync(
                Dependency.PostgreSql,
                () => store.FindRecommendedAsync(companyId, recommendationId, movieId, cancellationToken),
                cancellationToken),
            _ => new Reply<RecommendedMovie?>.Away(IsLate: false),
        };
    }

    private static RecommendedMovie? Find(string remembered, Guid companyId, int movieId)
    {
        var parts = remembered.Split(' ');
        var place = Array.IndexOf(parts, movieId.ToString(CultureInfo.InvariantCulture), 1) - 1;
        if (place < 0 || parts[0] != companyId.ToString("N"))
        {
            return null;
        }

        return parts[^1].StartsWith(TrackMark) && int.TryParse(parts[^1].AsSpan(1), CultureInfo.InvariantCulture, out var trackA)
            ? new RecommendedMovie(place < trackA ? "a" : "b")
            : new RecommendedMovie(Track: null);
    }
}
