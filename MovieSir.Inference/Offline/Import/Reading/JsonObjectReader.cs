using System.Buffers;
using System.Text.Unicode;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>
/// Reads the objects of a JSON array, or of several documents one behind the other, however they are broken into lines, each as a <see cref="Line"/>
/// with the number of the line that it begins on. Memory is that of one object. Braces are counted, not checked: what is in them is for the reader of
/// the object to say. A string ends with its line, as JSON has it, and an object that begins behind it is the next: a missing quote costs one object
/// and not the rest of the file.
/// </summary>
internal sealed class JsonObjectReader(StreamBuffer buffer, int maxObjectBytes = LineReader.DefaultMaxLineBytes)
{
    private static readonly SearchValues<byte> BetweenObjects = SearchValues.Create(" \t\r\n,[]"u8);

    private long _number = 1;
    private int _depth;
    private bool _inString;

    /// <summary>The next object, or a piece of text that is none; null at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = buffer.Unread.Span.IndexOfAnyExcept(BetweenObjects);
            Skip(next < 0 ? buffer.Unread.Length : next);
            if (next >= 0)
            {
                return buffer.Unread.Span[0] == (byte)'{' ? await ReadObjectAsync(cancellationToken) : await ReadOtherAsync(cancellationToken);
            }

            if (!await buffer.FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private async ValueTask<Line> ReadObjectAsync(CancellationToken cancellationToken)
    {
        var number = _number;
        var scanned = 0;
        byte[]? excerpt = null;
        (_depth, _inString) = (0, false);
        while (!Scan(buffer.Unread.Span, ref scanned))
        {
            if (scanned > maxObjectBytes)
            {
                // Too long to keep: only its end is looked for.
                excerpt ??= buffer.Unread.Span[..Math.Min(scanned, Text.ExcerptBytes)].ToArray();
                Skip(scanned);
                scanned = 0;
            }

            if (!await buffer.FillAsync(cancellationToken))
            {
                scanned = buffer.Unread.Length;
                break;
            }
        }

        var bytes = buffer.Unread[..scanned];
        Skip(scanned);
        return excerpt is null && bytes.Length <= maxObjectBytes
            ? new Line(number, bytes, FaultOf(bytes))
            : new Line(number, excerpt ?? bytes[..Math.Min(bytes.Length, Text.ExcerptBytes)], LineFault.TooLong);
    }

    /// <summary>Text that is no object, to the end of its line or to what can begin an object.</summary>
    private async ValueTask<Line> ReadOtherAsync(CancellationToken cancellationToken)
    {
        var number = _number;
        while (true)
        {
            var end = buffer.Unread.Span.IndexOfAny("\n,{"u8);
            var length = end < 0 ? buffer.Unread.Length : end;
            if (end >= 0 || length > maxObjectBytes || !await buffer.FillAsync(cancellationToken))
            {
                var bytes = buffer.Unread[..length];
                Skip(length);
                return new Line(number, bytes, FaultOf(bytes));
            }
        }
    }

    /// <summary>Looks for the brace that closes the object. False where more bytes are needed; all that there are have then been looked at.</summary>
    private bool Scan(ReadOnlySpan<byte> bytes, ref int scanned)
    {
        while (scanned < bytes.Length)
        {
            var found = bytes[scanned..].IndexOfAny(_inString ? "\"\\\n"u8 : "\"{}[]"u8);
            if (found < 0)
            {
                scanned = bytes.Length;
                return false;
            }

            scanned += found + 1;
            switch (bytes[scanned - 1])
            {
                case (byte)'\\' when scanned == bytes.Length:
                    // What it escapes is not there yet.
                    scanned--;
                    return false;
                case (byte)'\\':
                    scanned++;
                    break;
                case (byte)'\n':
                    _inString = false;
                    var next = bytes[scanned..].IndexOfAnyExcept(" \t\r\n"u8);
                    if (next < 0)
                    {
                        // What follows is not there yet.
                        (_inString, scanned) = (true, scanned - 1);
                        return false;
                    }

                    if (bytes[scanned + next] == (byte)'{')
                    {
                        return true;
                    }

                    break;
                case (byte)'"':
                    _inString = !_inString;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    _depth--;
                    if (_depth == 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    private void Skip(int bytes)
    {
        _number += buffer.Unread.Span[..bytes].Count((byte)'\n');
        buffer.Advance(bytes);
    }

    private static LineFault FaultOf(ReadOnlyMemory<byte> bytes) => Utf8.IsValid(bytes.Span) ? LineFault.None : LineFault.InvalidUtf8;
}
