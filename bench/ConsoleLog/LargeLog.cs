using Microsoft.Extensions.DependencyInjection;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Logs;
using MovieSir.Data;
using Npgsql;

namespace MovieSir.Bench.ConsoleLog;

/// <summary>A database with a log of ninety days by twenty companies; one of them has made two calls of five. It is dropped at the end.</summary>
internal sealed class LargeLog : IAsyncDisposable
{
    private const string Name = "moviesir_bench_console";
    private const int Days = 90;
    private const int Samples = 1000;

    // An id is a UUID v7 of its call's millisecond, as the API makes them.
    private const string Fill = """
        INSERT INTO b2b.companies (company_id, name, plan, created_at)
        SELECT md5('company' || n)::uuid, 'Company ' || n, 'Pro', now() FROM generate_series(0, 19) AS n;
        INSERT INTO b2b.api_keys (api_key_id, company_id, name, key_hash, hint, plan, created_at)
        SELECT md5('key' || n)::uuid, md5('company' || n / 3)::uuid, 'Key ' || n, sha256(('key' || n)::bytea), lpad(n::text, 4, '0'), 'Pro', now()
        FROM generate_series(0, 59) AS n;
        SELECT b2b.ensure_request_log_partition(now() - make_interval(days => n)) FROM generate_series(0, 90, 10) AS n;
        INSERT INTO b2b.request_log
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
          at, (at AT TIME ZONE 'Asia/Seoul')::date, md5('key' || company * 3 + n % 3)::uuid, md5('company' || company)::uuid, hash,
          CASE WHEN n % 20000 = 7 THEN 'DELETE' WHEN draw < 10 THEN 'GET' ELSE 'POST' END,
          CASE WHEN draw < 10 THEN '/v1/movies/{id}' WHEN draw < 15 THEN '/v1/feedback' WHEN draw < 30 THEN '/v1/search' ELSE '/v1/recommend' END,
          status, CASE WHEN status >= 400 THEN 'SOME_CODE' END, 2 + draw * draw / 100.0, status < 300, NULL, 'seat-' || n % 300, '203.0.113.7'::inet,
          180, ARRAY[496243, 129, 194, 11423], NULL
        FROM (
          SELECT n, md5(n::text) AS hash, now() - make_interval(secs => (@rows - n) * 86400.0 * @days / @rows) AS at,
            CASE WHEN n % 5 < 2 THEN 0 ELSE 1 + n % 19 END AS company, n * 7919 % 100 AS draw,
            CASE WHEN n * 104729 % 100 < 93 THEN 200 WHEN n * 104729 % 100 < 99 THEN 422 ELSE 503 END::smallint AS status
          FROM generate_series(1::bigint, @rows) AS n
        ) AS made;
        INSERT INTO b2b.usage_by_day (day, api_key_id, endpoint, company_id, calls, charged, client_errors, server_errors, latency_ms_sum)
        SELECT usage_day, api_key_id, endpoint, company_id, count(*), count(*) FILTER (WHERE charged),
          count(*) FILTER (WHERE status BETWEEN 400 AND 499), count(*) FILTER (WHERE status >= 500), sum(latency_ms)
        FROM b2b.request_log GROUP BY 1, 2, 3, 4;
        INSERT INTO b2b.usage_latency (company_id, day, bucket, calls)
        SELECT company_id, usage_day, b2b.latency_bucket(latency_ms), count(*) FROM b2b.request_log GROUP BY 1, 2, 3;
        INSERT INTO b2b.track_outcomes (company_id, day, track, outcome, movies)
        SELECT company_id, day, track, outcome, 1000 FROM (SELECT DISTINCT company_id, usage_day AS day FROM b2b.request_log) AS days,
          unnest(ARRAY['a', 'b']) AS track, unnest(ARRAY['recommended', 'clicked', 'watched', 'liked', 'disliked']) AS outcome;
        """;

    private readonly string _server;
    private readonly List<(DateTimeOffset At, Guid Id, string RequestId)> _samples = [];

    private LargeLog(string server, string connectionString) => (_server, ConnectionString) = (server, connectionString);

    public string ConnectionString { get; }

    public long Rows { get; private set; }

    public long CompanyRows { get; private set; }

    public Guid CompanyId { get; private set; }

    public Guid KeyId { get; private set; }

    public DateOnly Today { get; } = SeoulDay.Of(DateTimeOffset.UtcNow);

    public static async Task<LargeLog> CreateAsync(string server, int rows, CancellationToken cancellationToken)
    {
        await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {Name}", cancellationToken);
        await ExecuteAsync(server, $"CREATE DATABASE {Name}", cancellationToken);
        var log = new LargeLog(server, new NpgsqlConnectionStringBuilder(server) { Database = Name, CommandTimeout = 0 }.ConnectionString);
        await log.FillAsync(rows, cancellationToken);
        return log;
    }

    /// <summary>A place of the company's log.</summary>
    public LogCursor CursorAt(int number) => new(_samples[number % Samples].At, _samples[number % Samples].Id);

    /// <summary>A midnight of those days, in Seoul.</summary>
    public DateTimeOffset DayAt(int number) => SeoulDay.EndOf(Today.AddDays(-2 - (number % (Days - 3)))).ToUniversalTime();

    public string RequestIdAt(int number) => _samples[number % Samples].RequestId;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, $"DROP DATABASE {Name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task FillAsync(int rows, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton(new NpgsqlDataSourceBuilder(ConnectionString).UseMovieSirTypes().Build()).AddMovieSirData().BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using (var fill = source.CreateCommand(Fill))
        {
            fill.Parameters.AddWithValue("rows", (long)rows);
            fill.Parameters.AddWithValue("days", Days);
            await fill.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(ConnectionString, "VACUUM ANALYZE", cancellationToken);
        await using var read = source.CreateCommand("""
            SELECT occurred_at, event_id, request_id, company_id, api_key_id FROM b2b.request_log
            WHERE company_id = md5('company0')::uuid ORDER BY md5(event_id::text) LIMIT 1000
            """);
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                _samples.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1), reader.GetString(2)));
                (CompanyId, KeyId) = (reader.GetGuid(3), reader.GetGuid(4));
            }
        }

        await using var count = source.CreateCommand("SELECT count(*), count(*) FILTER (WHERE company_id = $1) FROM b2b.request_log");
        count.Parameters.Add(new() { Value = CompanyId });
        await using var counted = await count.ExecuteReaderAsync(cancellationToken);
        await counted.ReadAsync(cancellationToken);
        (Rows, CompanyRows) = (counted.GetInt64(0), counted.GetInt64(1));
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
