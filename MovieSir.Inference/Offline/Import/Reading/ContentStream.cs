using System.IO.Hashing;
using System.Security.Cryptography;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>What a zip archive says of an entry: its length in bytes and CRC-32.</summary>
internal sealed record ZipChecksum(long Length, uint Crc32);

/// <summary>
/// A file's content on its way through: counts it for progress, hashes it, and turns damage (a cut-off archive, a wrong checksum) into an error
/// that a person understands. Read-only, forward-only.
/// </summary>
internal sealed class ContentStream(
    Stream content, string name, IReadOnlyList<IDisposable> owners, Func<long, long> position, long length) : Stream
{
    private const int BufferBytes = 1 << 16;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 _crc32 = new();
    private long _read;
    private bool _atEnd;

    /// <summary>What the content is held to at its end; null where there is nothing to hold it to.</summary>
    public ZipChecksum? Checksum { get; init; }

    /// <summary>Content beyond this was made to fill the machine.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>How much of the file is read, 0 to 1, by its bytes on the disk where those are known.</summary>
    public double Fraction => length == 0 ? 1 : Math.Clamp((double)position(_read) / length, 0, 1);

    /// <summary>Reads what is left.</summary>
    /// <returns>SHA-256 of the whole content.</returns>
    public async Task<byte[]> FinishAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (!_atEnd)
        {
            _ = await ReadAsync(buffer, cancellationToken);
        }

        return _sha256.GetCurrentHash();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged("its compressed data cannot be read", exception);
        }

        _sha256.AppendData(buffer.Span[..read]);
        _read += read;
        if (_read > MaxBytes)
        {
            throw new ImportException(
                $"{name} unpacks to more than {MaxBytes} bytes, far more than a file of its size with movies or ratings would.");
        }

        if (Checksum is not null)
        {
            _crc32.Append(buffer.Span[..read]);
        }

        if (read == 0 && !_atEnd)
        {
            _atEnd = true;
            Verify();
        }

        return read;
    }

    private void Verify()
    {
        if (Checksum is not null && (_read != Checksum.Length || _crc32.GetCurrentHashAsUInt32() != Checksum.Crc32))
        {
            throw Damaged($"{_read} of {Checksum.Length} bytes could be read, or the checksum is wrong", null);
        }
    }

    private ImportException Damaged(string what, Exception? inner) =>
        new($"{name} is damaged or cut off: {what}. Download it again.", inner);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            foreach (var owner in owners)
            {
                owner.Dispose();
            }

            _sha256.Dispose();
        }

        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Only asynchronous reads are used.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
