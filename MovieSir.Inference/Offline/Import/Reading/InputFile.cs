using System.IO.Compression;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>A file to import: plain, gzipped or an entry of a zip archive. What is read and hashed is always the content.</summary>
internal sealed record InputFile(string Path, string? ZipEntry = null)
{
    // Files of movies and ratings shrink to a tenth, hardly to a fiftieth; a bomb shrinks to a thousandth.
    private const int MaxGrowth = 200;
    private const long AlwaysTakenBytes = 32 << 20;

    private static readonly (byte[] Beginning, string What)[] Foreign =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive: unpack it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd: unpack it, or compress it with gzip"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz: unpack it, or compress it with gzip"),
        ([0x42, 0x5A, 0x68], "compressed with bzip2: unpack it, or compress it with gzip"),
        ([0xFF, 0xFE], "text in UTF-16: save it as UTF-8"),
        ([0xFE, 0xFF], "text in UTF-16: save it as UTF-8"),
    ];

    /// <summary>Name for people, without the folder.</summary>
    public string Name { get; init; } = System.IO.Path.GetFileName(ZipEntry ?? Path);

    /// <summary>
    /// Opens the content for one pass from its beginning to its end. Whether it is gzipped is seen from its bytes, not from its name.
    /// </summary>
    /// <exception cref="ImportException">The archive is damaged, or the file is of a kind that is not read.</exception>
    public async Task<ContentStream> OpenAsync(CancellationToken cancellationToken)
    {
        var file = new FileStream(Path,
            new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 16 });
        try
        {
            if (ZipEntry is not null)
            {
                var archive = await OpenArchiveAsync(file, Path, cancellationToken);
                var entry = archive.GetEntry(ZipEntry) ?? throw new ImportException($"{Path} no longer holds {ZipEntry}.");
                var content = await entry.OpenAsync(cancellationToken);
                return new ContentStream(content, Name, [archive, file], position => position, entry.Length)
                {
                    Checksum = new ZipChecksum(entry.Length, entry.Crc32),
                    MaxBytes = MaxBytes(entry.CompressedLength),
                };
            }

            var length = file.Length;
            if (!await IsGzipAsync(file, cancellationToken))
            {
                return new ContentStream(file, Name, [], position => position, length);
            }

            return new ContentStream(new GZipStream(file, CompressionMode.Decompress), Name, [file], _ => file.Position, length)
            {
                MaxBytes = MaxBytes(length),
            };
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
                $"{System.IO.Path.GetFileName(path)} is not a whole zip archive (its table of contents is missing or damaged): download it again.",
                exception);
        }
    }

    private static long MaxBytes(long compressedBytes) => Math.Max(AlwaysTakenBytes, MaxGrowth * compressedBytes);

    private async Task<bool> IsGzipAsync(FileStream file, CancellationToken cancellationToken)
    {
        var beginning = new byte[8];
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        if (Foreign.FirstOrDefault(kind => beginning.AsSpan(0, read).StartsWith(kind.Beginning)).What is { } what)
        {
            throw new ImportException($"{Name} is {what}.");
        }

        return read > 2 && beginning[0] == 0x1F && beginning[1] == 0x8B;
    }
}
