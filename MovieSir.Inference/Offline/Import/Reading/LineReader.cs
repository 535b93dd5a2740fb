using System.Text.Unicode;

namespace MovieSir.Inference.Offline.Import.Reading;

internal enum LineFault
{
    None,
    TooLong,
    InvalidUtf8,
}

/// <summary>One line without its line end. The bytes are those of the reader's buffer: they are valid until the next read.</summary>
internal readonly record struct Line(long Number, ReadOnlyMemory<byte> Bytes, LineFault Fault)
{
    public ReadOnlySpan<byte> Span => Bytes.Span;
}

/// <summary>
/// Reads lines of UTF-8 within bounded memory. A line that is too long is skipped to its end and told as such, a line that is not UTF-8 likewise:
/// neither costs the lines around it.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLineBytes = LineReader.DefaultMaxLineBytes)
{
    /// <summary>TMDB's largest answers are some tens of kilobytes.</summary>
    public const int DefaultMaxLineBytes = 1 << 20;

    private const int InitialBufferBytes = 1 << 16;
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[InitialBufferBytes];
    private int _start;
    private int _end;
    private bool _atEndOfStream;
    private long _number;

    /// <summary>The next line, or null at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                return Take(length, length + 1);
            }

            searched = _end - _start;
            if (_atEndOfStream)
            {
                return searched == 0 ? null : Take(searched, searched);
            }

            if (searched > maxLineBytes)
            {
                return await SkipLineAsync(cancellationToken);
            }

            await FillAsync(cancellationToken);
        }
    }

    private Line Take(int length, int consumed)
    {
        var bytes = _buffer.AsMemory(_start, length);
        _start += consumed;
        _number++;
        if (_number == 1 && bytes.Span.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        if (bytes.Length > 0 && bytes.Span[^1] == (byte)'\r')
        {
            bytes = bytes[..^1];
        }

        var fault = bytes.Length > maxLineBytes ? LineFault.TooLong : Utf8.IsValid(bytes.Span) ? LineFault.None : LineFault.InvalidUtf8;
        return new Line(_number, bytes, fault);
    }

    private async ValueTask<Line> SkipLineAsync(CancellationToken cancellationToken)
    {
        _number++;
        var excerpt = _buffer.AsSpan(_start, Math.Min(_end - _start, Text.ExcerptBytes)).ToArray();
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                _start += newline + 1;
                break;
            }

            _start = _end = 0;
            if (_atEndOfStream)
            {
                break;
            }

            await FillAsync(cancellationToken);
        }

        return new Line(_number, excerpt, LineFault.TooLong);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
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
        _atEndOfStream = read == 0;
    }
}
