using MovieSir.Data.Sql;
using MovieSir.ServiceDefaults.InferenceContract;
using Npgsql;

namespace MovieSir.Api.Traveller.Recommendation;

/// <summary>What a recommendation for a traveller starts from.</summary>
internal sealed record TasteProfile
{
    /// <summary>Oldest first.</summary>
    public required int[] Liked { get; init; }

    public required int[] Disliked { get; init; }

    /// <summary>What is never answered: seen, or not for them.</summary>
    public required int[] Excluded { get; init; }

    /// <summary>What the last sessions showed: answered again only where the time cannot be filled without.</summary>
    public required int[] Recent { get; init; }
}

/// <summary>Reads what recommendations start from.</summary>
internal sealed class ProfileStore(NpgsqlDataSource dataSource)
{
    private const int RecentSessions = 3;
    private const int RecentDays = 14;

    // A rating of three stars or more speaks for what is like the movie, fewer against it. A movie without one was at least chosen.
    private static readonly SqlStatement Profile = new("""
        WITH judged AS (
          SELECT movie_id, is_positive, max(judged_at) AS at
          FROM b2c.satisfactions JOIN b2c.recommendation_sessions USING (session_id)
          WHERE traveller_id = $1 GROUP BY movie_id, is_positive),
        liked AS (
          SELECT movie_id, max(at) AS at FROM (
            (SELECT movie_id, at FROM judged WHERE is_positive ORDER BY at DESC LIMIT 20)
            UNION ALL SELECT movie_id, answered_at FROM b2c.survey_answers WHERE traveller_id = $1
            UNION ALL (SELECT movie_id, coalesce(watched_on::timestamptz, updated_at) FROM b2c.watched_movies
              WHERE traveller_id = $1 AND coalesce(half_stars, 6) >= 6 ORDER BY 2 DESC LIMIT 50)) AS every
          WHERE NOT EXISTS (
            SELECT FROM b2c.rejected_movies AS rejected WHERE rejected.traveller_id = $1 AND rejected.movie_id = every.movie_id)
          GROUP BY movie_id)
        SELECT
          ARRAY(SELECT movie_id FROM liked ORDER BY at, movie_id),
          ARRAY(SELECT movie_id FROM (
            (SELECT movie_id, at FROM judged WHERE NOT is_positive ORDER BY at DESC LIMIT 20)
            UNION ALL SELECT movie_id, rejected_at FROM b2c.rejected_movies WHERE traveller_id = $1
            UNION ALL SELECT movie_id, updated_at FROM b2c.watched_movies WHERE traveller_id = $1 AND half_stars < 6) AS every
            GROUP BY movie_id ORDER BY max(at) DESC, movie_id LIMIT $2),
          ARRAY(SELECT movie_id FROM (
            SELECT movie_id, updated_at AS at FROM b2c.watched_movies WHERE traveller_id = $1
            UNION ALL SELECT movie_id, rejected_at FROM b2c.rejected_movies WHERE traveller_id = $1) AS every
            GROUP BY movie_id ORDER BY max(at) DESC, movie_id LIMIT $3),
          ARRAY(SELECT DISTINCT unnest(shown_movie_ids) FROM (
            SELECT shown_movie_ids FROM b2c.recommendation_sessions WHERE traveller_id = $1 AND created_at > now() - make_interval(days => $5)
            ORDER BY created_at DESC LIMIT $4) AS last)
        """, "uuid", "integer", "integer", "integer", "integer");

    private static readonly SqlStatement ProviderIds = new(
        "SELECT provider_id FROM b2c.traveller_providers WHERE traveller_id = $1 ORDER BY provider_id", "uuid");

    private static readonly SqlStatement ProviderNames = new(
        "SELECT name FROM catalog.providers WHERE provider_id = ANY ($1) ORDER BY provider_id", "integer[]");

    /// <summary>The profile of this moment.</summary>
    public async Task<TasteProfile> ReadAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            Profile, [travellerId, Limits.NegativeMovies, Limits.ExcludedMovies, RecentSessions, RecentDays]);
        return (await command.ReadFirstAsync(
            reader => new TasteProfile
            {
                Liked = reader.GetFieldValue<int[]>(0),
                Disliked = reader.GetFieldValue<int[]>(1),
                Excluded = reader.GetFieldValue<int[]>(2),
                Recent = reader.GetFieldValue<int[]>(3),
            },
            cancellationToken))!;
    }

    /// <summary>The streaming services that a traveller has.</summary>
    public async Task<int[]> ProviderIdsAsync(Guid travellerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ProviderIds, [travellerId]);
        return [.. await command.ReadAllAsync(reader => reader.GetInt32(0), cancellationToken)];
    }

    /// <summary>Names of streaming services by TMDB's ids. Ids that the catalog lacks are missing.</summary>
    public async Task<string[]> ProviderNamesAsync(int[] providerIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ProviderNames, [providerIds]);
        return [.. await command.ReadAllAsync(reader => reader.GetString(0), cancellationToken)];
    }
}
