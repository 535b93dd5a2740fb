using System.Globalization;
using Npgsql;
using StackExchange.Redis;

namespace MovieSir.Api.Accounting;

/// <summary>Which movies a recommendation held and whose it is: from Redis at first (written with the usage event), from the request log later.</summary>
internal sealed class RecommendationMemory(IConnectionMultiplexer redis, NpgsqlDataSource dataSource)
{
    private const string InLog = """
        SELECT EXISTS (
          SELECT 1 FROM b2b.request_log WHERE recommendation_id = $1 AND company_id = $2 AND $3 = ANY (movie_ids))
        """;

    public static RedisKey Key(Guid recommendationId) => $"recommendation:{recommendationId:N}";

    public static RedisValue Value(Guid companyId, IReadOnlyList<int> movieIds) =>
        string.Create(CultureInfo.InvariantCulture, $"{companyId:N} {string.Join(' ', movieIds)}");

    /// <summary>Whether this company was recommended this movie by this recommendation.</summary>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    /// <exception cref="NpgsqlException">The recommendation is older than Redis remembers, and PostgreSQL does not answer.</exception>
    public async Task<bool> ContainsAsync(Guid companyId, Guid recommendationId, int movieId, CancellationToken cancellationToken)
    {
        var remembered = await redis.GetDatabase().StringGetAsync(Key(recommendationId));
        if (remembered.HasValue)
        {
            var parts = remembered.ToString().Split(' ');
            return parts[0] == companyId.ToString("N") && parts.AsSpan(1).Contains(movieId.ToString(CultureInfo.InvariantCulture));
        }

        await using var command = dataSource.CreateCommand(InLog);
        command.Parameters.Add(new() { Value = recommendationId });
        command.Parameters.Add(new() { Value = companyId });
        command.Parameters.Add(new() { Value = movieId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
