namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>
/// What comes through pipes (<c>-</c>, <c>/dev/stdin</c>, <c>&lt;(…)</c>) can be read once, and an import reads a file more than once. So it is kept
/// in temporary files until the import has ended.
/// </summary>
internal sealed class PipedInputs : IDisposable
{
    private static readonly string[] StandardInput = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

    private readonly List<string> _files = [];

    /// <summary>The content of a pipe as a file; null where the path is a file that can be read more than once, or none.</summary>
    /// <exception cref="IOException">The pipe cannot be read, or there is no room for what it brings.</exception>
    public async Task<InputFile?> KeepAsync(string path, CancellationToken cancellationToken)
    {
        var isStandardInput = StandardInput.Contains(path);
        if (!isStandardInput && !File.Exists(path))
        {
            return null;
        }

        await using var input = isStandardInput
            ? Console.OpenStandardInput()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return input.CanSeek ? null : new InputFile(await CopyAsync(input, cancellationToken)) { Name = isStandardInput ? "stdin" : "pipe" };
    }

    public void Dispose() => _files.ForEach(File.Delete);

    private async Task<string> CopyAsync(Stream input, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"moviesir-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var copy = new FileStream(path, options);
        _files.Add(path);
        await input.CopyToAsync(copy, cancellationToken);
        return path;
    }
}
