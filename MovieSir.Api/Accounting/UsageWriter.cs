using Npgsql;
using NpgsqlTypes;

namespace MovieSir.Api.Accounting;

/// <summary>
/// Writes usage events into PostgreSQL: the log, the daily sums, feedback, and when a key was last used, in one transaction. Writing an event
/// again changes nothing: only rows that are new to the log are summed.
/// </summary>
internal sealed class UsageWriter(NpgsqlDataSource dataSource)
{
    // "usage" in ASCII. Sums of several keys are updated at once: writers take turns, so that none waits for another in a circle.
    private const long LockKey = 0x75_73_61_67_65;

    private const int TimeoutSeconds = 10;

    // A JSON array: the events are stored as they were serialized, once, by the process that answered.
    private const string Insert = """
        WITH incoming AS (
          SELECT * FROM json_to_recordset($1) AS event(
            event_id uuid, occurred_at timestamptz, usage_day date, api_key_id uuid, company_id uuid, request_id text, method text, endpoint text,
            status smallint, error_code text, latency_ms real, charged boolean, recommendation_id uuid, client_user_id text,
            client_address inet, available_minutes integer, movie_ids integer[], feedback json)
        ), logged AS (
          INSERT INTO b2b.request_log (
            event_id, occurred_at, usage_day, api_key_id, company_id, request_id, method, endpoint,
            status, error_code, latency_ms, charged, recommendation_id, client_user_id, client_address, available_minutes, movie_ids)
          SELECT
            event_id, occurred_at, usage_day, api_key_id, company_id, request_id, method, endpoint,
            status, error_code, latency_ms, charged, recommendation_id, client_user_id, client_address, available_minutes, movie_ids
          FROM incoming
          ON CONFLICT DO NOTHING
          RETURNING event_id, occurred_at, usage_day, api_key_id, company_id, endpoint, status, charged, latency_ms, client_user_id
        ), told AS (
          INSERT INTO b2b.feedback (feedback_id, company_id, api_key_id, recommendation_id, movie_id, type, client_user_id, occurred_at)
          SELECT logged.event_id, logged.company_id, logged.api_key_id, (feedback->>'recommendation_id')::uuid,
            (feedback->>'movie_id')::integer, feedback->>'type', logged.client_user_id, logged.occurred_at
          FROM logged JOIN incoming USING (event_id)
          WHERE json_typeof(feedback) = 'object'
          ON CONFLICT DO NOTHING
        ), used AS (
          UPDATE b2b.api_keys SET last_used_at = latest.at
          FROM (SELECT api_key_id, max(occurred_at) AS at FROM logged GROUP BY api_key_id) AS latest
          WHERE api_keys.api_key_id = latest.api_key_id AND (last_used_at IS NULL OR last_used_at < latest.at)
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
        """;

    private const string EnsurePartitions = """
        SELECT b2b.ensure_request_log_partition(month) FROM (
          SELECT DISTINCT date_trunc('month', (event->>'occurred_at')::timestamptz, 'UTC') AS month FROM json_array_elements($1) AS event
        ) AS months
        """;

    /// <summary>Writes all of them or none.</summary>
    /// <param name="events">Events as JSON objects.</param>
    /// <exception cref="NpgsqlException">PostgreSQL does not answer, or refuses what an event holds.</exception>
    public async Task WriteAsync(IEnumerable<string> events)
    {
        var json = $"[{string.Join(',', events)}]";
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            Timeout = TimeoutSeconds,
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { new() { Value = LockKey } } },
                new NpgsqlBatchCommand(EnsurePartitions) { Parameters = { Json(json) } },
                new NpgsqlBatchCommand(Insert) { Parameters = { Json(json) } },
            },
        };
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Whether PostgreSQL refuses what an event holds (classes 22, data exception, and 23, integrity violation): trying again would end the same.</summary>
    public static bool IsRefusal(PostgresException exception) => exception.SqlState[..2] is "22" or "23";

    private static NpgsqlParameter Json(string json) => new() { Value = json, NpgsqlDbType = NpgsqlDbType.Json };
}
