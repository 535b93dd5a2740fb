namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>The bytes of a stream that are read and not used yet. It grows only as far as its reader keeps asking for more.</summary>
internal sealed class StreamBuffer(Stream stream)
{
    private const int InitialBytes = 1 << 16;

    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>Valid until the next call of <see cref="FillAsync"/>.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Gives up the first bytes of <see cref="Unread"/>.</summary>
    public void Advance(int bytes) => _start += bytes;

    /// <summary>Reads more behind <see cref="Unread"/>.</summary>
    /// <returns>False where the stream has ended.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_atEnd)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _atEnd = read == 0;
        return !_atEnd;
    }

    /// <summary>Reads until so many bytes are unread, or the stream has ended.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int bytes, CancellationToken cancellationToken)
    {
        while (Unread.Length < bytes && await FillAsync(cancellationToken))
        {
        }

        return Unread;
    }
}
