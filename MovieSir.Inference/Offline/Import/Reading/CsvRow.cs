using System.Buffers.Text;

namespace MovieSir.Inference.Offline.Import.Reading;

/// <summary>
/// The fields of one CSV line, quoted as MovieLens quotes: a field with a comma or a quote stands in quotes, a quote in it is doubled. A field never
/// spans lines, so that a missing quote costs one line and not the rest of the file. Blanks around a field are no part of it. Reused from line to
/// line.
/// </summary>
internal sealed class CsvRow
{
    private const int MaxFields = 64;
    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    private readonly Range[] _fields = new Range[MaxFields];
    private ReadOnlyMemory<byte> _line;

    public int Count { get; private set; }

    /// <summary>Splits a line.</summary>
    /// <returns>Null, or what is wrong with the line.</returns>
    public string? Read(ReadOnlyMemory<byte> line)
    {
        _line = line;
        Count = 0;
        var span = line.Span;
        var position = 0;
        while (true)
        {
            if (Count == MaxFields)
            {
                return "too many fields";
            }

            position = SkipBlanks(span, position);
            int end, next;
            if (position < span.Length && span[position] == (byte)'"')
            {
                end = EndOfQuoted(span, position);
                if (end < 0)
                {
                    return "a quote is not closed";
                }

                next = SkipBlanks(span, end);
                if (next < span.Length && span[next] != (byte)',')
                {
                    return "text after a closing quote";
                }
            }
            else
            {
                var comma = span[position..].IndexOf((byte)',');
                next = comma < 0 ? span.Length : position + comma;
                end = position + span[position..next].TrimEnd(Blanks).Length;
            }

            _fields[Count++] = position..end;
            if (next == span.Length)
            {
                return null;
            }

            position = next + 1;
        }
    }

    /// <summary>A whole number. <c>862.0</c>, as pandas writes a column in which a number is missing, is one; <c>862.5</c> is none.</summary>
    public bool TryGetInt32(int field, out int value)
    {
        var bytes = Raw(field);
        return Utf8Parser.TryParse(bytes, out value, out var consumed) && IsNoFraction(bytes[consumed..]);
    }

    /// <inheritdoc cref="TryGetInt32"/>
    public bool TryGetInt64(int field, out long value)
    {
        var bytes = Raw(field);
        return Utf8Parser.TryParse(bytes, out value, out var consumed) && IsNoFraction(bytes[consumed..]);
    }

    public bool TryGetSingle(int field, out float value)
    {
        var bytes = Raw(field);
        return Utf8Parser.TryParse(bytes, out value, out var consumed) && consumed == bytes.Length;
    }

    public bool IsEmpty(int field) => Raw(field).IsEmpty;

    public string GetString(int field)
    {
        var range = _fields[field];
        var bytes = _line.Span[range];
        if (bytes.IsEmpty || bytes[0] != (byte)'"')
        {
            return System.Text.Encoding.UTF8.GetString(bytes);
        }

        return System.Text.Encoding.UTF8.GetString(bytes[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    /// <summary>The bytes of a field that is not expected to hold escaped quotes.</summary>
    private ReadOnlySpan<byte> Raw(int field)
    {
        var bytes = _line.Span[_fields[field]];
        return bytes.Length >= 2 && bytes[0] == (byte)'"' ? bytes[1..^1].Trim(Blanks) : bytes;
    }

    private static bool IsNoFraction(ReadOnlySpan<byte> rest) => rest.IsEmpty || (rest[0] == (byte)'.' && rest[1..].TrimStart((byte)'0').IsEmpty);

    private static int SkipBlanks(ReadOnlySpan<byte> span, int position)
    {
        var blanks = span[position..].IndexOfAnyExcept(Blanks);
        return blanks < 0 ? span.Length : position + blanks;
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> span, int start)
    {
        var position = start + 1;
        while (true)
        {
            var quote = span[position..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return -1;
            }

            position += quote + 1;
            if (position == span.Length || span[position] != (byte)'"')
            {
                return position;
            }

            position++;
        }
    }
}
