using System.Globalization;
using MovieSir.Data.Sql;
using MovieSir.Inference.Offline.Import.Reading;
using Npgsql;

namespace MovieSir.Inference.Offline.Import.Planning;

internal enum ImportOutcome
{
    Imported,
    Unchanged,
    Failed,
}

/// <summary>
/// Imports files one after the other, each in a transaction of its own: one that fails leaves nothing and costs the others nothing.
/// </summary>
internal sealed class Importer(NpgsqlDataSource dataSource, ImportConsole console, TimeProvider time)
{
    /// <summary>Imports every file and tells the console.</summary>
    /// <returns>The outcome of each, in order.</returns>
    public async Task<IReadOnlyList<ImportOutcome>> ImportAsync(
        IReadOnlyList<ImportJob> jobs, ImportSettings settings, CancellationToken cancellationToken)
    {
        var outcomes = new List<ImportOutcome>(jobs.Count);
        foreach (var job in jobs)
        {
            outcomes.Add(await ImportAsync(job, settings, cancellationToken));
        }

        return outcomes;
    }

    private async Task<ImportOutcome> ImportAsync(ImportJob job, ImportSettings settings, CancellationToken cancellationToken)
    {
        await using var rejects = new RejectLog(settings.RejectsFolder, job.FileName, time);
        try
        {
            return await ImportFileAsync(job, settings, rejects, cancellationToken);
        }
        catch (Exception exception) when (exception is ImportException or IOException or UnauthorizedAccessException or NpgsqlException)
        {
            console.WriteLine($"{job.FileName}: FAILED, nothing of it was kept. {Explain(exception)}");
            rejects.WriteTo(console);
            return ImportOutcome.Failed;
        }
    }

    private async Task<ImportOutcome> ImportFileAsync(ImportJob job, ImportSettings settings, RejectLog rejects, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var sha256 = await job.File.HashAsync(cancellationToken);
        var fingerprint = await job.FingerprintAsync(sha256, cancellationToken);

        await using var import = await ImportTransaction.BeginAsync(dataSource, job.LockName, console, cancellationToken);
        if (!settings.Force && await import.FindLastImportAsync(job.Kind, job.FileName, fingerprint, cancellationToken) is { } last)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{job.FileName}: unchanged since it was imported at {last:yyyy-MM-dd HH:mm:ss} UTC; --force imports it again."));
            return ImportOutcome.Unchanged;
        }

        console.StartProgress();
        await using var content = await job.File.OpenAsync(cancellationToken);
        var counts = await job.LoadAsync(new ImportContext(import, content, rejects, console, settings), cancellationToken);
        var readSha256 = await content.FinishAsync(cancellationToken);
        if (!sha256.AsSpan().SequenceEqual(readSha256))
        {
            throw new ImportException("The file was changed while it was being read: import it again when it is complete.");
        }

        if (counts.Accepted == 0)
        {
            throw new ImportException(counts.Read == 0 ? "It holds no rows." : $"None of its {counts.Read} rows could be used.");
        }

        await import.CommitAsync(job.Kind, job.FileName, fingerprint, startedAt, counts, rejects.Rejected, cancellationToken);
        Summarize(job.FileName, counts, rejects, time.GetElapsedTime(started));
        return ImportOutcome.Imported;
    }

    private void Summarize(string name, ImportCounts counts, RejectLog rejects, TimeSpan elapsed)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {counts.Read:N0} rows read, {counts.Written:N0} new or changed, {counts.Removed:N0} removed, "
            + $"{rejects.Rejected:N0} rejected, {elapsed.TotalSeconds:N1} s"));
        foreach (var note in counts.Notes)
        {
            console.WriteLine($"  {note}");
        }

        rejects.WriteTo(console);
    }

    private static string Explain(Exception exception) => exception switch
    {
        NpgsqlException database => DatabaseFailure.Explain(database),
        _ => exception.Message,
    };
}
