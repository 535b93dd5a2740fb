using MovieSir.Inference.Offline.Import.Reading;

namespace MovieSir.Inference.Offline.Import;

/// <summary>What the person who starts an import can choose.</summary>
internal sealed record ImportSettings
{
    /// <summary>Imports a file again that has not changed since it was last imported.</summary>
    public bool Force { get; init; }

    /// <summary>Keeps the sample's movies beside real ones, and its simulated ratings beside real ones.</summary>
    public bool KeepSample { get; init; }

    /// <summary>Folder for the lists of what was left out.</summary>
    public required string RejectsFolder { get; init; }
}

/// <summary>What a job reads from and reports to.</summary>
internal sealed record ImportContext(
    ImportTransaction Import, ContentStream Content, RejectLog Rejects, ImportConsole Console, ImportSettings Settings);

/// <summary>One file of a known kind, ready to be imported.</summary>
internal abstract class ImportJob
{
    /// <summary>For example <c>tmdb-jsonl</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The file's name in <c>catalog.import_runs</c>, and for people.</summary>
    public abstract string FileName { get; }

    /// <summary>Imports with one lock name wait for each other.</summary>
    public abstract string LockName { get; }

    public abstract InputFile File { get; }

    /// <summary>SHA-256 over all that the result depends on.</summary>
    public virtual Task<byte[]> FingerprintAsync(byte[] fileSha256, CancellationToken cancellationToken) => Task.FromResult(fileSha256);

    /// <summary>Reads the content and changes the catalog, within the context's transaction.</summary>
    /// <exception cref="ImportException">The file as a whole cannot be imported.</exception>
    public abstract Task<ImportCounts> LoadAsync(ImportContext context, CancellationToken cancellationToken);
}
