using System.Text.Json;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>
/// Reads the JSON objects of a file: one a line as a rule, where a line that is none costs only itself. A file that is one array, or whose first
/// object is broken into lines, is read object by object (<see cref="JsonObjectReader"/>).
/// </summary>
internal sealed class JsonRecordReader(Stream stream)
{
    // The first line has its end within this, or it is taken for a line.
    private const int LookAheadBytes = 1 << 16;

    private readonly StreamBuffer _buffer = new(stream);
    private LineReader? _lines;
    private JsonObjectReader? _objects;

    /// <summary>Whether the file is one array or document, and not lines. Known once something was read.</summary>
    public bool IsDocument => _objects is not null;

    /// <summary>The next object, or what stands in its place; null at the end. Blank lines are passed over.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_lines is null && _objects is null)
        {
            await ChooseAsync(cancellationToken);
        }

        if (_objects is not null)
        {
            return await _objects.ReadAsync(cancellationToken);
        }

        // A line that was taken out of an array has its comma still.
        return await _lines!.ReadTextAsync(cancellationToken) is { } line ? line with { Bytes = line.Bytes.TrimEnd(" \t,"u8) } : null;
    }

    private async Task ChooseAsync(CancellationToken cancellationToken)
    {
        var beginning = await _buffer.PeekAsync(LookAheadBytes, cancellationToken);
        if (!IsBrokenIntoLines(beginning.Span))
        {
            _lines = new LineReader(_buffer);
            return;
        }

        _buffer.Advance(beginning.Span.StartsWith(LineReader.ByteOrderMark) ? LineReader.ByteOrderMark.Length : 0);
        _objects = new JsonObjectReader(_buffer);
    }

    private static bool IsBrokenIntoLines(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(LineReader.ByteOrderMark))
        {
            text = text[LineReader.ByteOrderMark.Length..];
        }

        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            return !text.IsEmpty && text[0] == (byte)'[';
        }

        var end = text.IndexOf((byte)'\n');
        return end >= 0 && GoesOn(text, end);
    }

    /// <summary>Whether an object that the first line begins goes on in the next. One that is cut off within a text or number does not.</summary>
    private static bool GoesOn(ReadOnlySpan<byte> text, int firstLine)
    {
        try
        {
            var reader = new Utf8JsonReader(text[..firstLine], isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    return false;
                }
            }

            // A comma is read with what follows it.
            var consumed = (int)reader.BytesConsumed;
            return text[consumed..firstLine].Trim(" \t\r,"u8).IsEmpty
                && new Utf8JsonReader(text[consumed..], isFinalBlock: false, reader.CurrentState).Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
