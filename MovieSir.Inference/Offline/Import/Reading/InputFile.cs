using System.IO.Compression;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>A file to import: plain, gzipped (<c>.gz</c>) or an entry of a zip archive. What is read and hashed is always the content.</summary>
internal sealed record InputFile(string Path, string? ZipEntry = null)
{
    /// <summary>Name for people, without the folder.</summary>
    public string Name => ZipEntry is null ? System.IO.Path.GetFileName(Path) : System.IO.Path.GetFileName(ZipEntry);

    /// <summary>Opens the content for one pass from its beginning to its end.</summary>
    /// <exception cref="ImportException">The archive is damaged.</exception>
    public async Task<ContentStream> OpenAsync(CancellationToken cancellationToken)
    {
        var file = new FileStream(Path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 16 });
        try
        {
            if (ZipEntry is not null)
            {
                var archive = await OpenArchiveAsync(file, Path, cancellationToken);
                var entry = archive.GetEntry(ZipEntry) ?? throw new ImportException($"{Path} no longer holds {ZipEntry}.");
                var content = await entry.OpenAsync(cancellationToken);
                return new ContentStream(content, Name, [archive, file], new ZipChecksum(entry.Length, entry.Crc32), position => position, entry.Length);
            }

            var length = file.Length;
            return Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new ContentStream(new GZipStream(file, CompressionMode.Decompress), Name, [file], null, _ => file.Position, length)
                : new ContentStream(file, Name, [], null, position => position, length);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>SHA-256 of the content. Reads it whole, so that a damaged archive is found before anything is imported from it.</summary>
    /// <exception cref="ImportException">The archive is damaged.</exception>
    public async Task<byte[]> HashAsync(CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(cancellationToken);
        return await content.FinishAsync(cancellationToken);
    }

    /// <summary>Opens a zip archive to read its table of contents.</summary>
    /// <exception cref="ImportException">It is not a zip archive, or it is cut off.</exception>
    public static async Task<ZipArchive> OpenArchiveAsync(Stream file, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new ImportException(
                $"{System.IO.Path.GetFileName(path)} is not a whole zip archive (its table of contents is missing or damaged): download it again.", exception);
        }
    }
}
