using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MovieSir.Api.Accounts;
using MovieSir.Api.Accounts.Attempts;
using MovieSir.Api.Companies.Quota;
using MovieSir.Api.Console.Calls;
using MovieSir.Api.Dependencies;
using MovieSir.Api.Http;
using MovieSir.ServiceDefaults.Http;

namespace MovieSir.Api.Console.Logs;

/// <summary>Which rows of the log are asked for. What is left out does not narrow them.</summary>
public sealed record LogQuery
{
    /// <summary>The first day in Seoul.</summary>
    [FromQuery(Name = "from")]
    public DateOnly? From { get; init; }

    /// <summary>The last day in Seoul.</summary>
    [FromQuery(Name = "to")]
    public DateOnly? To { get; init; }

    /// <summary>A status (404) or a class of them (4xx).</summary>
    [FromQuery(Name = "status"), RegularExpression("^[1-5](xx|[0-9]{2})$")]
    public string? Status { get; init; }

    [FromQuery(Name = "method"), StringLength(20)]
    public string? Method { get; init; }

    /// <summary>The route, as rows say it.</summary>
    [FromQuery(Name = "endpoint"), StringLength(200)]
    public string? Endpoint { get; init; }

    [FromQuery(Name = "key_id")]
    public Guid? KeyId { get; init; }

    [FromQuery(Name = "request_id"), StringLength(100)]
    public string? RequestId { get; init; }

    internal LogFilter FilterOf(Guid companyId) => new()
    {
        CompanyId = companyId,
        From = From is { } from ? SeoulDay.EndOf(from.AddDays(-1)).ToUniversalTime() : null,
        To = To is { } to ? SeoulDay.EndOf(to).ToUniversalTime() : null,
        Status = Status switch
        {
            null => null,
            [var first, 'x', 'x'] => ((short)((first - '0') * 100), (short)(((first - '0') * 100) + 99)),
            var status => (short.Parse(status, CultureInfo.InvariantCulture), short.Parse(status, CultureInfo.InvariantCulture)),
        },
        Method = Method?.ToUpperInvariant(),
        Endpoint = Endpoint,
        KeyId = KeyId,
        RequestId = RequestId,
    };
}

internal static class LogEndpoints
{
    private const int MostRows = 200;
    private const int MostExported = 100_000;
    private const int ExportsPerMinute = 10;

    public static void MapLogs(this IEndpointRouteBuilder console)
    {
        console.MapGet("/logs", PageAsync).WithName("Logs").WithSummary("Answered calls, the newest first").Validated(hasBody: false);
        console.MapGet("/logs/{id:guid}", FindAsync).WithName("Log").WithSummary("All that is known of one call");
        console.MapGet("/logs.csv", ExportAsync).WithName("LogsAsCsv").WithSummary("Answered calls as CSV, 100,000 at most")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Validated(hasBody: false);
    }

    private static async Task<Results<Ok<LogPage>, Problem<Status422>>> PageAsync(
        [AsParameters] LogQuery query, ConsoleCall call, LogStore store, CancellationToken cancellationToken,
        [StringLength(64)] string? cursor = null, [Range(1, MostRows)] int limit = 50)
    {
        if (Problem(query) is { } problem)
        {
            return problem;
        }

        var after = LogCursor.Read(cursor);
        if (cursor is not null && after is null)
        {
            return AccountProblems.Invalid("cursor", "is no place in the log.");
        }

        // One more than is shown tells whether there is a next page.
        var rows = await store.PageAsync(query.FilterOf(call.CompanyId) with { After = after }, limit + 1, cancellationToken);
        return TypedResults.Ok(rows.Count <= limit
            ? new LogPage(rows, null)
            : new LogPage([.. rows.Take(limit)], new LogCursor(rows[limit - 1].OccurredAt, rows[limit - 1].LogId).ToString()));
    }

    private static async Task<Results<Ok<LogDetail>, Problem<Status404>>> FindAsync(
        Guid id, ConsoleCall call, LogStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(call.CompanyId, id, call.Member.Account!.Language, cancellationToken) is { } log
            ? TypedResults.Ok(log)
            : ConsoleProblems.NoSuchLog();

    private static async Task<Results<PushStreamHttpResult, Problem<Status422>, Refusal>> ExportAsync(
        [AsParameters] LogQuery query, HttpContext http, ConsoleCall call, LogStore store, AttemptLimits limits,
        CancellationToken cancellationToken)
    {
        if (Problem(query) is { } problem)
        {
            return problem;
        }

        if (await limits.TakeAsync(AttemptLimit.PerName("export", call.CompanyId.ToString("N"), ExportsPerMinute, TimeSpan.FromMinutes(1)))
            is var taken && taken is not Reply<int>.Answered(0))
        {
            return AccountCalls.RefusalOf(http, taken);
        }

        var rows = store.StreamAsync(query.FilterOf(call.CompanyId), MostExported, cancellationToken);
        return TypedResults.Stream(stream => WriteAsync(stream, rows), "text/csv; charset=utf-8", "moviesir-logs.csv");
    }

    private static async Task WriteAsync(Stream stream, IAsyncEnumerable<LogRow> rows)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteLineAsync("log_id,occurred_at,method,endpoint,status,error_code,latency_ms,charged,key_id,key_name,request_id");
        await foreach (var row in rows)
        {
            await writer.WriteLineAsync(string.Join(
                ',', row.LogId.ToString(), row.OccurredAt.ToString("O", CultureInfo.InvariantCulture), Cell(row.Method), Cell(row.Endpoint),
                row.Status.ToString(CultureInfo.InvariantCulture), row.ErrorCode, row.LatencyMs.ToString("F3", CultureInfo.InvariantCulture),
                row.Charged ? "true" : "false", row.KeyId.ToString(), Cell(row.KeyName), Cell(row.RequestId)));
        }
    }

    /// <summary>A text in quotes; one that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Problem<Status422>? Problem(LogQuery query) =>
        query.From > query.To ? AccountProblems.Invalid("from", "is after to.")
        : query.From?.Year is < 2000 or > 9000 ? AccountProblems.Invalid("from", "is no day of the log.")
        : query.To?.Year is < 2000 or > 9000 ? AccountProblems.Invalid("to", "is no day of the log.")
        : null;
}
