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
          INSERT INTO b2b.feedback (feedback_id, company_id, api_key_id, recommendation_id, movie_id, type, client_user_id, occurred_at)
          SELECT event_id, company_id, api_key_id, (feedback->>'recommendation_id')::uuid,
            (feedback->>'movie_id')::integer, feedback->>'type', client_user_id, occurred_at
          FROM logged JOIN (
            SELECT (event->'entry'->>'event_id')::uuid AS event_id, event->'feedback' AS feedback FROM json_array_elements($1) AS event
          ) AS incoming USING (event_id)
          WHERE json_typeof(feedback) = 'object'
          ON CONFLICT DO NOTHING
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

    private static readonly SqlStatement HasRecommendation = new("""
        SELECT EXISTS (
          SELECT 1 FROM b2b.request_log WHERE recommendation_id = $1 AND company_id = $2 AND $3 = ANY (movie_ids))
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

    /// <summary>Whether this company was recommended this movie by this recommendation.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL does not answer.</exception>
    public async Task<bool> HasRecommendationAsync(Guid companyId, Guid recommendationId, int movieId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HasRecommendation, [recommendationId, companyId, movieId]);
        return await command.ScalarAsync<bool>(cancellationToken);
    }
}
