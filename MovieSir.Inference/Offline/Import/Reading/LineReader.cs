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
internal sealed class LineReader(StreamBuffer buffer, int maxLineBytes = LineReader.DefaultMaxLineBytes)
{
    /// <summary>TMDB's largest answers are some tens of kilobytes.</summary>
    public const int DefaultMaxLineBytes = 1 << 20;

    private long _number;

    public LineReader(Stream stream, int maxLineBytes = DefaultMaxLineBytes)
        : this(new StreamBuffer(stream), maxLineBytes)
    {
    }

    internal static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The next line, or null at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var newline = buffer.Unread.Span[searched..].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                return Take(length, length + 1);
            }

            searched = buffer.Unread.Length;
            if (searched > maxLineBytes)
            {
                return await SkipLineAsync(cancellationToken);
            }

            if (!await buffer.FillAsync(cancellationToken))
            {
                return searched == 0 ? null : Take(searched, searched);
            }
        }
    }

    /// <summary>
    /// The next line that is not blank, or null at the end. A hundred million blank lines cost no more than to look at their bytes.
    /// </summary>
    public async ValueTask<Line?> ReadTextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = buffer.Unread.Span.IndexOfAnyExcept(" \t\r\n"u8);
            Skip(text < 0 ? buffer.Unread.Length : text);
            if (text < 0)
            {
                if (!await buffer.FillAsync(cancellationToken))
                {
                    return null;
                }

                continue;
            }

            // A byte order mark can stand on a line of its own.
            var line = await ReadAsync(cancellationToken);
            if (line is not { Bytes.IsEmpty: true })
            {
                return line;
            }
        }
    }

    // Blanks before a text are no part of it; the lines among them count.
    private void Skip(int blanks)
    {
        _number += buffer.Unread.Span[..blanks].Count((byte)'\n');
        buffer.Advance(blanks);
    }

    private Line Take(int length, int consumed)
    {
        var bytes = buffer.Unread[..length];
        buffer.Advance(consumed);
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
        var excerpt = buffer.Unread.Span[..Math.Min(buffer.Unread.Length, Text.ExcerptBytes)].ToArray();
        while (true)
        {
            var newline = buffer.Unread.Span.IndexOf((byte)'\n');
            buffer.Advance(newline < 0 ? buffer.Unread.Length : newline + 1);
            if (newline >= 0 || !await buffer.FillAsync(cancellationToken))
            {
                return new Line(_number, excerpt, LineFault.TooLong);
            }
        }
    }
}
