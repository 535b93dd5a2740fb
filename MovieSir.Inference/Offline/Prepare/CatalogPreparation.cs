using System.Diagnostics;
using System.Globalization;
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
        // The lock lives as long as its connection: a process that dies releases it.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "SELECT pg_advisory_lock(hashtextextended($1, 0))", cancellationToken);
        try
        {
            foreach (var step in steps)
            {
                var started = Stopwatch.GetTimestamp();
                var result = await step.RunAsync(cancellationToken);
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{step.Name}: {result} ({Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s)"));
            }
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = LockName } }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
