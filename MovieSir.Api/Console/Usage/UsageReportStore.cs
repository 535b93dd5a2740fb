using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Usage;

/// <summary>Calls of a day or of several.</summary>
internal sealed record CallSums(DateOnly Day, long Calls, long Charged, long ClientErrors, long ServerErrors, double LatencyMsSum)
{
    public long Errors => ClientErrors + ServerErrors;
}

/// <summary>How long calls took. A percentile is within 3.6 % of what a call took; what there were no calls for is null.</summary>
/// <param name="Calls">How many there were.</param>
/// <param name="AverageMs">Exact: of the sum.</param>
/// <param name="P50Ms">Half of the calls took no longer.</param>
/// <param name="P95Ms">95 % of the calls took no longer.</param>
/// <param name="P99Ms">99 % of the calls took no longer.</param>
internal sealed record Latency(long Calls, double? AverageMs, double? P50Ms, double? P95Ms, double? P99Ms);

/// <summary>Percentiles of a day; without a day, of all.</summary>
internal sealed record Percentiles(DateOnly? Day, double P50Ms, double P95Ms, double P99Ms);

/// <summary>Calls to one route.</summary>
internal sealed record EndpointUsage(string Endpoint, long Calls, long Errors, double AverageMs);

/// <summary>Calls with one key.</summary>
internal sealed record KeyUsage(Guid KeyId, string Name, string Hint, bool IsDeleted, long Calls, long Errors);

/// <summary>Reads what companies have used, from sums that were made as the log was written: no row of the log is read.</summary>
internal sealed class UsageReportStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 5;

    private static readonly SqlStatement Days = new("""
        SELECT days.day, coalesce(calls, 0), coalesce(charged, 0), coalesce(client_errors, 0), coalesce(server_errors, 0), coalesce(latency, 0)
        FROM (SELECT $2 + n AS day FROM generate_series(0, $3 - $2) AS n) AS days
        LEFT JOIN (
          SELECT day, sum(calls)::bigint AS calls, sum(charged)::bigint AS charged, sum(client_errors)::bigint AS client_errors,
            sum(server_errors)::bigint AS server_errors, sum(latency_ms_sum) AS latency
          FROM b2b.usage_by_day WHERE company_id = $1 AND day BETWEEN $2 AND $3 GROUP BY day
        ) AS sums USING (day)
        ORDER BY days.day
        """, "uuid", "date", "date");

    // By nearest rank: the bucket in which that share of the calls is reached. The sums without a day are of all days.
    private static readonly SqlStatement PercentilesOfDays = new("""
        WITH counted AS (
          SELECT day, bucket, sum(calls) AS calls FROM b2b.usage_latency WHERE company_id = $1 AND day BETWEEN $2 AND $3
          GROUP BY GROUPING SETS ((day, bucket), (bucket))
        ), ranked AS (
          SELECT day, bucket, sum(calls) OVER (PARTITION BY day ORDER BY bucket) AS reached, sum(calls) OVER (PARTITION BY day) AS total FROM counted
        )
        SELECT day, b2b.latency_of(min(bucket) FILTER (WHERE reached >= 0.5 * total)),
          b2b.latency_of(min(bucket) FILTER (WHERE reached >= 0.95 * total)), b2b.latency_of(min(bucket) FILTER (WHERE reached >= 0.99 * total))
        FROM ranked GROUP BY day
        """, "uuid", "date", "date");

    private static readonly SqlStatement Endpoints = new("""
        SELECT endpoint, sum(calls)::bigint, sum(client_errors + server_errors)::bigint, sum(latency_ms_sum) / sum(calls)
        FROM b2b.usage_by_day WHERE company_id = $1 AND day BETWEEN $2 AND $3
        GROUP BY endpoint ORDER BY 2 DESC, 1 LIMIT 100
        """, "uuid", "date", "date");

    private static readonly SqlStatement Keys = new("""
        SELECT api_key_id, name, hint, revoked_at IS NOT NULL, sum(calls)::bigint, sum(client_errors + server_errors)::bigint
        FROM b2b.usage_by_day AS usage JOIN b2b.api_keys AS key USING (api_key_id)
        WHERE usage.company_id = $1 AND day BETWEEN $2 AND $3
        GROUP BY api_key_id, name, hint, revoked_at ORDER BY 5 DESC, 1 LIMIT 100
        """, "uuid", "date", "date");

    private static readonly SqlStatement KeyCount = new(
        "SELECT count(*)::integer FROM b2b.api_keys WHERE company_id = $1 AND revoked_at IS NULL", "uuid");

    /// <summary>Sums by day in Seoul, the oldest first; a day without calls is there too.</summary>
    public async Task<IReadOnlyList<CallSums>> DaysAsync(Guid companyId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Days, [companyId, from, to]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new CallSums(
                reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.GetDouble(5)),
            cancellationToken);
    }

    /// <summary>Percentiles of each day that had calls, and of all of them.</summary>
    public async Task<IReadOnlyList<Percentiles>> PercentilesAsync(Guid companyId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PercentilesOfDays, [companyId, from, to]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new Percentiles(reader.GetNullable<DateOnly>(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)),
            cancellationToken);
    }

    /// <summary>The routes that were called, the most called first.</summary>
    public async Task<IReadOnlyList<EndpointUsage>> EndpointsAsync(Guid companyId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Endpoints, [companyId, from, to]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new EndpointUsage(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDouble(3)), cancellationToken);
    }

    /// <summary>The keys that were used, deleted ones too, the most used first.</summary>
    public async Task<IReadOnlyList<KeyUsage>> KeysAsync(Guid companyId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Keys, [companyId, from, to]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new KeyUsage(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetInt64(4), reader.GetInt64(5)),
            cancellationToken);
    }

    /// <summary>Keys that are not deleted.</summary>
    public async Task<int> KeyCountAsync(Guid companyId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KeyCount, [companyId]).Within(TimeoutSeconds);
        return await command.ScalarAsync<int>(cancellationToken);
    }
}
