using System.Net;
using MovieSir.Data.Accounts;
using MovieSir.Data.Sql;
using Npgsql;

namespace MovieSir.Api.Console.Logs;

/// <summary>Reads the request log of one company. Pages go by place, not by number, so that a row that comes moves none.</summary>
internal sealed class LogStore(NpgsqlDataSource dataSource)
{
    private const int TimeoutSeconds = 10;
    private const int ExportTimeoutSeconds = 60;

    private const string Columns =
        "event_id, occurred_at, method, endpoint, status, error_code, latency_ms, charged, log.api_key_id, coalesce(key.name, ''), request_id";

    // A parameter that is NULL leaves its condition out: the statement is planned with its values.
    private static readonly SqlStatement Page = new($"""
        SELECT {Columns} FROM (
          SELECT * FROM b2b.request_log
          WHERE company_id = $1 AND ($2 IS NULL OR occurred_at >= $2) AND ($3 IS NULL OR occurred_at < $3)
            AND ($4 IS NULL OR (occurred_at <= $4 AND (occurred_at, event_id) < ($4, $5)))
            AND ($6 IS NULL OR status BETWEEN $6 AND $7) AND ($8 IS NULL OR method = $8) AND ($9 IS NULL OR endpoint = $9)
            AND ($10 IS NULL OR api_key_id = $10) AND ($11 IS NULL OR request_id = $11)
          ORDER BY occurred_at DESC, event_id DESC LIMIT $12
        ) AS log LEFT JOIN b2b.api_keys AS key ON key.api_key_id = log.api_key_id
        ORDER BY occurred_at DESC, event_id DESC
        """,
        "uuid", "timestamptz", "timestamptz", "timestamptz", "uuid", "smallint", "smallint", "text", "text", "uuid", "text", "integer");

    // A row's id begins with its millisecond, so that one partition and one place of it are read.
    private static readonly SqlStatement ById = new($"""
        SELECT {Columns}, client_user_id, client_address, available_minutes, recommendation_id, movie_ids
        FROM b2b.request_log AS log LEFT JOIN b2b.api_keys AS key ON key.api_key_id = log.api_key_id
        WHERE log.company_id = $1 AND event_id = $2 AND occurred_at >= $3 AND occurred_at < $3 + interval '1 millisecond'
        """, "uuid", "uuid", "timestamptz");

    private static readonly SqlStatement Movies = new("""
        SELECT movie_id, CASE WHEN $2 THEN coalesce(title_ko, title) ELSE title END, runtime_minutes
        FROM unnest($1) WITH ORDINALITY AS answered(movie_id, place) JOIN catalog.movies USING (movie_id) ORDER BY place
        """, "integer[]", "boolean");

    /// <summary>Rows, the newest first.</summary>
    public async Task<IReadOnlyList<LogRow>> PageAsync(LogFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var command = CreatePage(filter, most).Within(TimeoutSeconds);
        return await command.ReadAllAsync(Read, cancellationToken);
    }

    /// <summary>Rows one after another, as they come: they are never held together.</summary>
    public async IAsyncEnumerable<LogRow> StreamAsync(
        LogFilter filter, int most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = CreatePage(filter, most).Within(ExportTimeoutSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Read(reader);
        }
    }

    /// <summary>One row; null where the company has none with this id.</summary>
    public async Task<LogDetail?> FindAsync(Guid companyId, Guid logId, Language language, CancellationToken cancellationToken)
    {
        if (TimeOf(logId) is not { } at)
        {
            return null;
        }

        await using var command = dataSource.CreateCommand(ById, [companyId, logId, at]).Within(TimeoutSeconds);
        var found = await command.ReadFirstAsync(reader => Tuple.Create(ReadDetail(reader), reader.GetFieldValue<int[]>(15)), cancellationToken);
        return found is null ? null : found.Item1 with { Movies = await MoviesAsync(found.Item2, language, cancellationToken) };
    }

    private async Task<IReadOnlyList<LoggedMovie>> MoviesAsync(int[] movieIds, Language language, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Movies, [movieIds, language is Language.Ko]).Within(TimeoutSeconds);
        return await command.ReadAllAsync(
            reader => new LoggedMovie(reader.GetInt32(0), reader.GetString(1), reader.GetNullable<int>(2)), cancellationToken);
    }

    private NpgsqlCommand CreatePage(LogFilter filter, int most) => dataSource.CreateCommand(Page, [
        filter.CompanyId, filter.From, filter.To, filter.After?.OccurredAt, filter.After?.LogId, filter.Status?.Least, filter.Status?.Greatest,
        filter.Method, filter.Endpoint, filter.KeyId, filter.RequestId, most,
    ]);

    /// <summary>The millisecond that a UUID v7 begins with; null where the id is of another kind.</summary>
    private static DateTimeOffset? TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = bytes[..6].ToArray().Aggregate(0L, (value, next) => (value << 8) | next);
        return id.Version == 7 && milliseconds < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static LogRow Read(NpgsqlDataReader reader) => new()
    {
        LogId = reader.GetGuid(0),
        OccurredAt = reader.GetFieldValue<DateTimeOffset>(1),
        Method = reader.GetString(2),
        Endpoint = reader.GetString(3),
        Status = reader.GetInt16(4),
        ErrorCode = reader.GetNullable<string>(5),
        LatencyMs = reader.GetFloat(6),
        Charged = reader.GetBoolean(7),
        KeyId = reader.GetGuid(8),
        KeyName = reader.GetString(9),
        RequestId = reader.GetString(10),
    };

    private static LogDetail ReadDetail(NpgsqlDataReader reader)
    {
        var row = Read(reader);
        return new LogDetail
        {
            LogId = row.LogId,
            OccurredAt = row.OccurredAt,
            Method = row.Method,
            Endpoint = row.Endpoint,
            Status = row.Status,
            ErrorCode = row.ErrorCode,
            LatencyMs = row.LatencyMs,
            Charged = row.Charged,
            KeyId = row.KeyId,
            KeyName = row.KeyName,
            RequestId = row.RequestId,
            ClientUserId = reader.GetNullable<string>(11),
            ClientAddress = reader.GetNullable<IPAddress>(12)?.ToString(),
            AvailableMinutes = reader.GetNullable<int>(13),
            RecommendationId = reader.GetNullable<Guid>(14),
            Movies = [],
        };
    }
}
