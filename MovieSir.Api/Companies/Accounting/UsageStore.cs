using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Companies.Accounting;

/// <summary>What became of writing usage events.</summary>
internal abstract record UsageWrite
{
    /// <summary>All of them are in the database.</summary>
    public sealed record Written : UsageWrite;

    /// <summary>PostgreSQL refuses what an event holds; none of them is written, and trying again would end the same.</summary>
    public sealed record Refused(PostgresException Reason) : UsageWrite;
}

/// <summary>
/// Usage events in PostgreSQL: the log, the daily sums, the latencies, feedback, and when a key was last used, in one transaction. Writing an event
/// again changes nothing: only rows that are new to the log are summed.
/// </summary>
internal sealed class UsageStore(NpgsqlDataSource dataSource)
{
    // "usage" in ASCII. Sums of several keys are updated at once: writers take turns, so that none waits for another in a circle.
    private const long LockKey = 0x75_73_61_67_65;

    private const int TimeoutSeconds = 10;

    private static readonly SqlStatement TakeTurns = new("SELECT pg_advisory_xact_lock($1)", "bigint");

    // $1 is a JSON array: the events are stored as they were serialized, once, by the process that answered. An entry's names are the log's columns.
    private static readonly SqlStatement Insert = new("""
        WITH logged AS (
          INSERT INTO b2b.request_log
          SELECT entry.* FROM json_array_elements($1) AS event, json_populate_record(NULL::b2b.request_log, event->'entry') AS entry
          ON CONFLICT DO NOTHING
          RETURNING *
        ), told AS (
          SELECT logged.*, (feedback->>'recommendation_id')::uuid AS recommended_by, (feedback->>'movie_id')::integer AS movie_id,
            feedback->>'type' AS type, feedback->>'track' AS track, (feedback->>'recommended_on')::date AS recommended_on
          FROM logged JOIN (
            SELECT (event->'entry'->>'event_id')::uuid AS event_id, event->'feedback' AS feedback FROM json_array_elements($1) AS event
          ) AS incoming USING (event_id)
          WHERE json_typeof(feedback) = 'object'
        ), kept AS (
          INSERT INTO b2b.feedback (feedback_id, company_id, api_key_id, recommendation_id, movie_id, type, track, client_user_id, occurred_at)
          SELECT event_id, company_id, api_key_id, recommended_by, movie_id, type, track, client_user_id, occurred_at FROM told
          ON CONFLICT DO NOTHING
          RETURNING feedback_id
        ), outcomes AS (
          INSERT INTO b2b.track_outcomes (company_id, day, track, outcome, movies)
          SELECT company_id, usage_day, track, 'recommended', sum(movies) FROM (
            SELECT company_id, usage_day, 'a' AS track, track_a_movies AS movies FROM logged
            UNION ALL SELECT company_id, usage_day, 'b', cardinality(movie_ids) - track_a_movies FROM logged
          ) AS answered WHERE movies > 0 GROUP BY 1, 2, 3
          UNION ALL
          SELECT company_id, recommended_on, track, type, count(*) FROM told JOIN kept ON feedback_id = event_id WHERE track IS NOT NULL
          GROUP BY 1, 2, 3, 4
          ON CONFLICT (company_id, day, track, outcome) DO UPDATE SET movies = track_outcomes.movies + excluded.movies
        ), used AS (
          UPDATE b2b.api_keys SET last_used_at = latest.at
          FROM (SELECT api_key_id, max(occurred_at) AS at FROM logged GROUP BY api_key_id) AS latest
          WHERE api_keys.api_key_id = latest.api_key_id AND (last_used_at IS NULL OR last_used_at < latest.at)
        ), timed AS (
          INSERT INTO b2b.usage_latency (company_id, day, bucket, calls)
          SELECT company_id, usage_day, b2b.latency_bucket(latency_ms), count(*) FROM logged GROUP BY 1, 2, 3
          ON CONFLICT (company_id, day, bucket) DO UPDATE SET calls = usage_latency.calls + excluded.calls
        )
        INSERT INTO b2b.usage_by_day (day, api_key_id, endpoint, company_id, calls, charged, client_errors, server_errors, latency_ms_sum)
        SELECT usage_day, api_key_id, endpoint, company_id, count(*), count(*) FILTER (WHERE charged),
          count(*) FILTER (WHERE status BETWEEN 400 AND 499), count(*) FILTER (WHERE status >= 500), sum(latency_ms)
        FROM logged
        GROUP BY usage_day, api_key_id, endpoint, company_id
        ON CONFLICT (api_key_id, day, endpoint) DO UPDATE SET
          calls = usage_by_day.calls + excluded.calls,
          charged = usage_by_day.charged + excluded.charged,
          client_errors = usage_by_day.client_errors + excluded.client_errors,
          server_errors = usage_by_day.server_errors + excluded.server_errors,
          latency_ms_sum = usage_by_day.latency_ms_sum + excluded.latency_ms_sum
        """, "json");

    private static readonly SqlStatement EnsurePartitions = new("""
        SELECT b2b.ensure_request_log_partition(month) FROM (
          SELECT DISTINCT date_trunc('month', (event->'entry'->>'occurred_at')::timestamptz, 'UTC') AS month FROM json_array_elements($1) AS event
        ) AS months
        """, "json");

    private static readonly SqlStatement FindRecommended = new("""
        SELECT CASE WHEN array_position(movie_ids, $3) <= track_a_movies THEN 'a' WHEN track_a_movies IS NOT NULL THEN 'b' END
        FROM b2b.request_log WHERE recommendation_id = $1 AND company_id = $2 AND $3 = ANY (movie_ids)
        """, "uuid", "uuid", "integer");

    /// <summary>Writes all of them or none.</summary>
    /// <param name="events">Events as <see cref="UsageEventJson"/> writes them.</param>
    /// <exception cref="NpgsqlException">PostgreSQL does not answer.</exception>
    public async Task<UsageWrite> WriteAsync(IEnumerable<string> events)
    {
        var json = $"[{string.Join(',', events)}]";
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = TimeoutSeconds };
        batch.Add(TakeTurns, [LockKey]);
        batch.Add(EnsurePartitions, [json]);
        batch.Add(Insert, [json]);
        try
        {
            await batch.ExecuteNonQueryAsync();
        }
        catch (PostgresException exception) when (exception.SqlState[..2] is "22" or "23") // data exception, integrity violation
        {
            return new UsageWrite.Refused(exception);
        }

        await transaction.CommitAsync();
        return new UsageWrite.Written();
    }

    /// <summary>The movie as a recommendation of this company held it; null where it did not.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL does not answer.</exception>
    public async Task<RecommendedMovie?> FindRecommendedAsync(
        Guid companyId, Guid recommendationId, int movieId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindRecommended, [recommendationId, companyId, movieId]);
        var found = await command.ReadAllAsync(reader => new RecommendedMovie(reader.IsDBNull(0) ? null : reader.GetString(0)), cancellationToken);
        return found.FirstOrDefault();
    }
}
