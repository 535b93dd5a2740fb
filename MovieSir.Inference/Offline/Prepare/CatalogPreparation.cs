using System.Diagnostics;
using System.Globalization;
using MovieSir.Data.Sql;
using MovieSir.Inference.Offline.Import;
using Npgsql;

namespace MovieSir.Inference.Offline.Prepare;

/// <summary>
/// Runs the steps that a database needs before it can be served from, in order. Any number of instances may run at once: an advisory lock lets one work
/// and the others wait, and what it has done they find done.
/// </summary>
internal sealed class CatalogPreparation(NpgsqlDataSource dataSource, IEnumerable<IPreparationStep> steps, ImportConsole console)
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
            var result = await step.RunAsync(cancellationToken);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{step.Name}: {result} ({Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s)"));
        }
    }
}
