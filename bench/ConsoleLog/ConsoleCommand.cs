using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using MovieSir.Api.Console.Logs;
using MovieSir.Api.Console.Quality;
using MovieSir.Api.Console.Usage;
using MovieSir.Data;
using Npgsql;

namespace MovieSir.Bench.ConsoleLog;

/// <summary>What the console's pages ask PostgreSQL, over a log of millions of rows.</summary>
internal static class ConsoleCommand
{
    private const int Warm = 5;
    private const int PageRows = 51; // a page, and one row to see that there is another

    private static readonly Option<int> Rows = new("--rows") { Description = "Rows of the log.", DefaultValueFactory = _ => 5_000_000 };
    private static readonly Option<int> Calls = new("--calls") { Description = "Timed calls of each kind.", DefaultValueFactory = _ => 100 };
    private static readonly Option<string?> Plans = new("--plans") { Description = "A file to write PostgreSQL's plans to." };

    public static Command Create()
    {
        var command = new Command(
            "console", "The console's queries over millions of rows, in a database of their own on the server of ConnectionStrings__moviesir.")
        {
            Rows, Calls, Plans,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var server = Environment.GetEnvironmentVariable("ConnectionStrings__moviesir")
            ?? throw new InvalidOperationException("ConnectionStrings__moviesir names no database.");
        await using var log = await LargeLog.CreateAsync(server, parsed.GetValue(Rows), cancellationToken);
        Console.WriteLine($"| {log.Rows:N0} rows, {log.CompanyRows:N0} of them the company's | p50, ms | p95, ms | greatest, ms |");
        Console.WriteLine("|---|---|---|---|");
        await using var source = new NpgsqlDataSourceBuilder(log.ConnectionString).UseMovieSirTypes().Build();
        foreach (var (name, call) in CallsOf(source, log))
        {
            var times = await MeasureAsync(call, parsed.GetValue(Calls), cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {times[times.Length / 2]:F1} | {times[times.Length * 95 / 100]:F1} | {times[^1]:F1} |"));
        }

        if (parsed.GetValue(Plans) is { } file)
        {
            await WritePlansAsync(log, file, cancellationToken);
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<int, CancellationToken, Task> Call)> CallsOf(NpgsqlDataSource source, LargeLog log)
    {
        var (logs, usage, quality) = (new LogStore(source), new UsageReportStore(source), new QualityStore(source));
        var filter = new LogFilter { CompanyId = log.CompanyId };
        (string, Func<int, CancellationToken, Task>) Page(string name, Func<int, LogFilter> of) =>
            ($"log: {name}", (n, token) => logs.PageAsync(of(n), PageRows, token));
        yield return Page("newest", _ => filter);
        yield return Page("older, by cursor", n => filter with { After = log.CursorAt(n) });
        yield return Page("one day", n => filter with { From = log.DayAt(n), To = log.DayAt(n).AddDays(1) });
        yield return Page("errors (5xx)", _ => filter with { Status = (500, 599) });
        yield return Page("errors (4xx) of one day", n => filter with { Status = (400, 499), From = log.DayAt(n), To = log.DayAt(n).AddDays(1) });
        yield return Page("a route", _ => filter with { Endpoint = "/v1/feedback" });
        yield return Page("a route of one day", n => filter with { Endpoint = "/v1/search", From = log.DayAt(n), To = log.DayAt(n).AddDays(1) });
        yield return Page("a key", _ => filter with { KeyId = log.KeyId });
        yield return Page("a rare method", _ => filter with { Method = "DELETE" });
        yield return Page("a request id", n => filter with { RequestId = log.RequestIdAt(n) });
        yield return Page("a request id that is not there", n => filter with { RequestId = $"none{n}" });
        foreach (var days in new[] { 7, 90 })
        {
            var (from, to) = (log.Today.AddDays(1 - days), log.Today);
            yield return ($"usage: {days} days", (_, token) => usage.DaysAsync(log.CompanyId, from.AddDays(-days), to, token));
            yield return ($"usage: percentiles of {days} days", (_, token) => usage.PercentilesAsync(log.CompanyId, from, to, token));
            yield return ($"usage: routes of {days} days", (_, token) => usage.EndpointsAsync(log.CompanyId, from, to, token));
            yield return ($"usage: keys of {days} days", (_, token) => usage.KeysAsync(log.CompanyId, from, to, token));
            yield return ($"quality: {days} days", (_, token) => quality.OutcomesAsync(log.CompanyId, from, to, token));
        }
    }

    /// <summary>Milliseconds, the least first.</summary>
    private static async Task<double[]> MeasureAsync(Func<int, CancellationToken, Task> call, int calls, CancellationToken cancellationToken)
    {
        for (var n = 0; n < Warm; n++)
        {
            await call(calls + n, cancellationToken);
        }

        var times = new double[calls];
        for (var n = 0; n < calls; n++)
        {
            var started = Stopwatch.GetTimestamp();
            await call(n, cancellationToken);
            times[n] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>Asks each once more, and has PostgreSQL say how it answered.</summary>
    private static async Task WritePlansAsync(LargeLog log, string file, CancellationToken cancellationToken)
    {
        using var said = new NoticeCollector();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(said).SetMinimumLevel(LogLevel.Debug));
        var builder = new NpgsqlDataSourceBuilder(log.ConnectionString).UseMovieSirTypes();
        builder.ConnectionStringBuilder.NoResetOnClose = true; // what the initializer sets is to stay
        builder.UseLoggerFactory(loggers);
        builder.UsePhysicalConnectionInitializer(
            connection => Explain(connection).ExecuteNonQuery(),
            async connection => await Explain(connection).ExecuteNonQueryAsync(cancellationToken));
        await using var source = builder.Build();
        await using var output = new StreamWriter(file);
        foreach (var (name, call) in CallsOf(source, log))
        {
            said.Notices.Clear();
            await call(1, cancellationToken);
            await output.WriteLineAsync($"### {name}\n\n```\n{string.Join('\n', said.Notices)}\n```\n");
        }
    }

    private static NpgsqlCommand Explain(NpgsqlConnection connection) => new("""
        LOAD 'auto_explain';
        SET auto_explain.log_min_duration = 0;
        SET auto_explain.log_analyze = on;
        SET auto_explain.log_buffers = on;
        SET client_min_messages = log;
        """, connection);
}

/// <summary>What PostgreSQL says beside its answers, as Npgsql logs it.</summary>
internal sealed class NoticeCollector : ILoggerProvider, ILogger
{
    private const string Mark = "Received notice: ";

    public List<string> Notices { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception) is var text && text.StartsWith(Mark, StringComparison.Ordinal))
        {
            Notices.Add(text[Mark.Length..]);
        }
    }

    public void Dispose() => Notices.Clear();
}
