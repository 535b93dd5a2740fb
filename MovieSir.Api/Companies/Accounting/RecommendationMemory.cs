using System.Globalization;
using MovieSir.Api.Dependencies;
using StackExchange.Redis;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>
/// Which movies a recommendation held and whose it is: from Redis at first (written with the usage event), from the request log later.
/// </summary>
internal sealed class RecommendationMemory(IConnectionMultiplexer redis, UsageStore store, Outages outages)
{
    public static RedisKey Key(Guid recommendationId) => $"recommendation:{recommendationId:N}";

    public static RedisValue Value(Guid companyId, IReadOnlyList<int> movieIds) =>
        string.Create(CultureInfo.InvariantCulture, $"{companyId:N} {string.Join(' ', movieIds)}");

    /// <summary>Whether this company was recommended this movie by this recommendation.</summary>
    public async Task<Reply<bool>> ContainsAsync(Guid companyId, Guid recommendationId, int movieId, CancellationToken cancellationToken)
    {
        var reply = await outages.AskAsync(Dependency.Redis, () => redis.GetDatabase().StringGetAsync(Key(recommendationId)), cancellationToken);
        return reply switch
        {
            Reply<RedisValue>.Answered({ HasValue: true } remembered) => new Reply<bool>.Answered(Holds(remembered.ToString(), companyId, movieId)),
            // It is older than Redis remembers.
            Reply<RedisValue>.Answered => await outages.AskAsync(
                Dependency.PostgreSql,
                () => store.HasRecommendationAsync(companyId, recommendationId, movieId, cancellationToken),
                cancellationToken),
            _ => new Reply<bool>.Away(IsLate: false),
        };
    }

    private static bool Holds(string remembered, Guid companyId, int movieId)
    {
        var parts = remembered.Split(' ');
        return parts[0] == companyId.ToString("N") && parts.AsSpan(1).Contains(movieId.ToString(CultureInfo.InvariantCulture));
    }
}
