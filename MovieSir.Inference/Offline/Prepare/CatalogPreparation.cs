using System.Diagnostics;
using System.Globalization;
using MovieSir.Data.Sql;
using MovieSir.Inference.Offline.Import;
using MovieSir.Inference.Telemetry;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// Runs the steps that a database needs before it can be served from, in order. Any number of instances may run at once: an advisory lock lets one work
/// and the others wait, and what it has done they find done.
/// </summary>
internal sealed partial class CatalogPreparation(
    NpgsqlDataSource dataSource, IEnumerable<IPreparationStep> steps, ImportConsole console, ILogger<CatalogPreparation> logger)
{
    private const string LockName = "catalog.preparation";

    /// <summary>Runs every step.</summary>
    /// <exception cref="PreparationException">A step failed; the steps after it were not run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var turn = await AdvisoryLockStore.LockAsync(dataSource, LockName, part: 0, cancellationToken);
        foreach (var step in steps)
        {
            var started = Stopwatch.GetTimestamp();
            using var activity = InferenceTelemetry.Source.StartActivity(step.Name);
            var result = await step.RunAsync(cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {result} ({seconds:N1} s)"));
            LogStep(step.Name, result, seconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Step}: {Result} ({Seconds:N1} s)")]
    private partial void LogStep(string step, string result, double seconds);
}
